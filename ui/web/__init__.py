"""What stands between the network and the page: who may speak, by which routes, how much, and how slowly."""
