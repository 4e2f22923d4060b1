"""What agents decide: parameters, a scalar rule, a kernel, one file for each decision."""
