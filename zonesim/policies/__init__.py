"""What governments can do: the law of the date, and instruments; every module in here is found, none is listed."""
