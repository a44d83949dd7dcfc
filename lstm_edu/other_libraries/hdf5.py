"""Texts and arrays out of an HDF5 file that anybody may have made.

HDF5 can do more than hold numbers: a name can stand for something in another file, an array can lie in another file,
be composed of parts of others, or be packed by a filter that is loaded from a library. None of that is followed. What
is read is a text or plain numbers that stand in this file; h5py unpickles nothing.
"""

import os
from contextlib import contextmanager

import numpy as np

TEXT = 2**26  # bytes of an attribute: a model's description, the names of its layers
OWN_FILTERS = range(1, 7)  # those that are a part of HDF5: deflate, shuffle, fletcher32, szip, nbit, scaleoffset


@contextmanager
def opened(path, memory):
    """The file at `path`, as a `Folder`. memory: how many gigabytes all arrays that are read may take together.

    Raises ImportError without h5py; FileNotFoundError, or ValueError for what is no HDF5 file or a damaged one.
    """
    try:
        import h5py
    except ImportError:
        raise ImportError("path: expected h5py beside this package: pip install 'lstm_edu[h5]'") from None
    try:
        path = os.fspath(path)
    except TypeError:
        raise TypeError(f"path: expected the name of a file, got {type(path).__name__}") from None
    if not os.path.exists(path):
        raise FileNotFoundError(f"path: expected an .h5 file, found none at {path!r}")
    if os.path.isdir(path) or not h5py.is_hdf5(path):
        raise ValueError(f"path: expected an HDF5 file, got {path!r}, {_instead(path)}")
    with _damage_told():
        file = h5py.File(path, "r")
    with file:
        yield Folder(file, [memory * 2**30])


def _instead(path):
    """What a file is that is no HDF5."""
    if os.path.isdir(path):
        return "a folder"
    with open(path, "rb") as file:
        begins = file.read(4)
    if begins == b"PK\x03\x04":
        return "which may be a .keras file: keras.saving.load_model reads it, and lstm_edu.watch looks into the model"
    return "which does not begin as one" if begins else "which is empty"


@contextmanager
def _damage_told():
    """What HDF5 finds in a damaged file becomes a sentence. h5py raises this and that, by where it is damaged."""
    try:
        yield
    except (Refused, MemoryError):
        raise
    except Exception as error:
        raise Refused(
            f"path: expected a whole HDF5 file, got one that HDF5 cannot read: {_first_line(error)}"
        ) from error


def _first_line(error):
    return str(error).strip().partition("\n")[0] or type(error).__name__


class Refused(ValueError):
    """A sentence about what the file has."""


class Folder:
    """A group of the file. `left`: how many bytes of arrays may still be read, one number for all folders."""

    def __init__(self, group, left):
        self.group, self.left = group, left

    def text(self, name):
        """The attribute of this name, a text; None where there is none."""
        value = self._attribute(name)
        return None if value is None else _text(value, name)

    def texts(self, name):
        """The attribute of this name, a list of texts; None where there is none. Long lists stand in pieces, NAME0,
        NAME1, ...
        """
        if (value := self._attribute(name)) is not None:
            return _texts(value, name)
        pieces = []
        while (value := self._attribute(f"{name}{len(pieces)}")) is not None:
            pieces.append(_texts(value, name))
        return sum(pieces, []) if pieces else None

    def folder(self, name):
        """The group of this name; None where there is none."""
        import h5py

        with _damage_told():
            found = self._inside(name)
        return Folder(found, self.left) if isinstance(found, h5py.Group) else None

    def names(self):
        """Of its attributes, groups and arrays."""
        with _damage_told():
            return {*self.group.attrs, *self.group}

    def array(self, name):
        """The numbers of this name. Raises ValueError where there are none, or too many."""
        import h5py

        with _damage_told():
            found = self._inside(name)
            if not isinstance(found, h5py.Dataset):
                raise Refused(f"path: expected an array {name!r}, as the file says it has, got none")
            self._check(found, name)
            return found[()]

    def _attribute(self, name):
        with _damage_told():
            if name not in self.group.attrs:
                return None
            found = self.group.attrs.get_id(name)
            if (size := int(np.prod(found.shape, dtype=object)) * found.dtype.itemsize) > TEXT:
                raise Refused(f"path: expected {name} to have at most {TEXT} bytes, got {size}")
            return self.group.attrs[name]

    def _inside(self, name):
        """What a name stands for, each step of it in this file; None where there is nothing."""
        import h5py

        found = self.group
        for step in filter(None, name.split("/")):
            links = found.id.links if isinstance(found, h5py.Group) else ()
            key = step.encode("utf-8")
            if not isinstance(found, h5py.Group) or not links.exists(key):  # asked of the link: nothing is followed
                return None
            if links.get_info(key).type != h5py.h5l.TYPE_HARD:
                raise Refused(f"path: expected all of the model in one file, got a link in place of {name!r}")
            found = found[step]
        return found

    def _check(self, dataset, name):
        """Plain numbers that stand in this file, and not too many."""
        if dataset.is_virtual or dataset.external:
            raise Refused(f"path: expected all of the model in one file, got {name!r}, whose numbers are in another")
        plan = dataset.id.get_create_plist()
        filters = [plan.get_filter(k)[0] for k in range(plan.get_nfilters())]
        if foreign := [number for number in filters if number not in OWN_FILTERS]:
            raise Refused(f"path: expected {name!r} to be packed by HDF5 itself, got filter {foreign[0]}, of a library")
        if dataset.shape is None or dataset.dtype.kind not in "fiu":
            raise Refused(f"path: expected real numbers in {name!r}, got dtype {dataset.dtype}")
        size = int(np.prod(dataset.shape, dtype=object)) * dataset.dtype.itemsize  # of a declared shape: any number
        if size > self.left[0]:
            raise Refused(
                f"memory: expected at least {size / 2**30:.3g} gigabytes more, for {name!r} of shape {dataset.shape}, "
                f"got {self.left[0] / 2**30:.3g} left"
            )
        self.left[0] -= size


def _texts(value, name):
    """A list of texts."""
    if not isinstance(value, np.ndarray) or value.ndim != 1:
        raise Refused(f"path: expected {name} to be a list of texts, got {type(value).__name__}")
    return [_text(one, name) for one in value.tolist()]


def _text(value, name):
    """A text, whether it stands there as bytes or not."""
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if not isinstance(value, str):
        raise Refused(f"path: expected {name} to be a text, got {type(value).__name__}")
    return value
