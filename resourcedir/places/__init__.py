"""Where things are: points with their error, ZIP codes, cities, counties, states, distance.

``point`` and ``distance`` are pure; ``zip_codes`` reads the data; ``finding`` understands what a
person typed; ``geocoder`` and ``provider_addresses`` speak geopy. Knows no listing and no client.
"""
