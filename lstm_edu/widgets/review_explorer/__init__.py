"""ReviewExplorer: a trained LSTM reads a review, word by word, and every number that it computes can be looked at.

`explorer.py` is the widget, `picture.py` the picture that stands in for it, `networks.py` which networks a reader can
choose, `pack.py` how one goes to the page.
"""

from .explorer import ReviewExplorer, network_of, pictured, reviews
from .networks import in_order
from .pack import PARTS
from .picture import picture

__all__ = ["PARTS", "ReviewExplorer", "in_order", "network_of", "picture", "pictured", "reviews"]
