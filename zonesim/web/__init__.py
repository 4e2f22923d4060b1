"""The application: pages for planners over a data folder of scenarios, jobs and stored results.

Pages that are read or filled in are plain HTML forms; pages on which figures follow pickers are Dash. Whatever takes longer than a page does
is a job: a row in a table and a process of its own, which outlives the page, and the server.
"""
