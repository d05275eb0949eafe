"""A search engine for things at places: words, filters, facets and distance over a Whoosh index.

It knows documents, fields, filters, columns and places, and nothing of what they are about. It must
never import a room of the application, Flask or SQLAlchemy. Whoosh is imported here and nowhere
else.

* ``documents`` has the shapes: ``Document`` goes in, ``Question`` and ``Hooks`` are asked,
  ``Answer`` comes out; ``Source`` is the truth, ``Index`` what answers.
* ``indexer`` keeps an index equal to its source. ``bulk``, ``inversion`` and ``codec`` write Whoosh
  segments, ``commits`` batches of them; ``decoding`` reads a segment into flat arrays, ``arrays``
  keeps these in a file, ``publishing`` lets readers know.
* ``whoosh_index`` answers. ``part`` says what the arrays are, ``snapshot`` which of them live,
  ``grid`` finds what is near, ``matching`` what fits, ``ranking`` orders, ``answering`` counts.

    indexer = Indexer(folder, source)
    indexer.catch_up()
    answer = WhooshIndex(folder).search(Question((Clause("detox"),), near=Near(35.05, -85.31, 40)))
"""
