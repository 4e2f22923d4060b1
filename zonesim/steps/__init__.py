"""Parts of a quarter that several decisions and accounts make up together: how it opens, who enters where, what enterprises are financed with.

Each is a function of the model, and stands in :class:`zonesim.model.ZoneModel` under the same name: a run that is watched overrides it there.
"""
