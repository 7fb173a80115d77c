"""The fuzzer's parts: valid inputs, what is done to them, and the product's own readers that they are given to."""
