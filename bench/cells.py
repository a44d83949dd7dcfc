"""How long the NumPy LSTM takes beside Keras and ONNX Runtime: `make bench` prints the table.

128 sequences of 500 steps, 32 inputs, 32 units, float32, two threads each. All of it in one run of one process, turn
by turn: what counts are the ratios. A column is the median of the rounds.
"""

import os
import statistics
import time

THREADS = 2
os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = str(THREADS)  # read when NumPy is imported
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")

import numpy as np  # noqa: E402

from lstm_edu import LSTMCell  # noqa: E402
from lstm_edu.dialects import convert  # noqa: E402
from lstm_edu.keras_bridge import to_keras  # noqa: E402

B, T, D, H = 128, 500, 32, 32
ROUNDS = 15
# what is measured, against what, and the largest ratio that was aimed at
AIMS = (
    ("cell(x)", "Keras predict_on_batch, XLA", 1.3),
    ("cell(x)", "Keras predict", 0.5),
    ("cell(x)", "ONNX Runtime", 2.0),
    ("cell.run(x)", "Keras predict", 1.0),
    ("trace.backward", "cell.run(x)", 3.0),
)


def programs():
    """{name: a function without arguments} of all that is timed; all of them compute the same outputs."""
    rng = np.random.default_rng(0)
    shapes = {"kernel": (D, 4 * H), "recurrent_kernel": (H, 4 * H), "bias": (4 * H,)}
    weights = {name: 0.3 * rng.normal(size=shape).astype(np.float32) for name, shape in shapes.items()}
    x = rng.normal(size=(B, T, D)).astype(np.float32)
    cell = LSTMCell(**weights)
    trace = cell.run(x)
    slopes = np.ones_like(trace.h)
    compiled, plain = keras_models(cell)
    session = onnx_session(weights)
    turned = np.ascontiguousarray(x.swapaxes(0, 1))  # (T, B, D): ONNX' layout
    found = {
        "cell(x)": lambda: cell(x),
        "cell.run(x)": lambda: cell.run(x).h,
        "Keras predict_on_batch, XLA": lambda: compiled.predict_on_batch(x),
        "Keras predict": lambda: plain.predict(x, batch_size=B, verbose=0),
        "ONNX Runtime": lambda: session.run(None, {"X": turned})[0][:, 0].swapaxes(0, 1),
    }
    for name, program in found.items():
        worst = float(np.abs(program() - trace.h).max())
        assert worst < 1e-4, f"{name} is off by {worst}"  # float32, 500 steps
    return found | {"trace.backward": lambda: trace.backward(slopes)}


def keras_models(cell):
    import keras
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(THREADS)
    tf.config.threading.set_inter_op_parallelism_threads(THREADS)
    models = []
    for compiled in (True, False):
        model = keras.Sequential([keras.Input((T, D)), to_keras(cell, return_sequences=True)])
        model.compile(jit_compile=compiled)
        models.append(model)
    return models


def onnx_session(weights):
    import onnxruntime
    from onnx import TensorProto, helper, numpy_helper

    arrays = convert(weights, "keras", "onnx")
    graph = helper.make_graph(
        [helper.make_node("LSTM", ["X", "W", "R", "B"], ["Y"], hidden_size=H)],
        "lstm",
        [helper.make_tensor_value_info("X", TensorProto.FLOAT, (T, B, D))],
        [helper.make_tensor_value_info("Y", TensorProto.FLOAT, (T, 1, B, H))],
        [numpy_helper.from_array(array, name) for name, array in arrays.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 14)], ir_version=8)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = THREADS
    return onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])


def main():
    found = programs()
    seconds = {name: [] for name in found}
    for done in range(ROUNDS):
        for name, program in found.items():
            started = time.perf_counter()
            program()
            seconds[name].append(time.perf_counter() - started)
        print(f"\rround {done + 1} of {ROUNDS}", end="", flush=True)
    print(f"\n\n{'':28} {'median ms':>9} {'fastest':>8}")
    for name, values in seconds.items():
        print(f"{name:28} {1e3 * statistics.median(values):9.1f} {1e3 * min(values):8.1f}")
    print(f"\n{'ratio of medians':44} {'seen':>5} {'aim':>5}")
    for ours, theirs, aim in AIMS:
        ratio = statistics.median(seconds[ours]) / statistics.median(seconds[theirs])
        print(f"{ours + ' : ' + theirs:44} {ratio:5.2f} {aim:5.1f}")


if __name__ == "__main__":
    main()
