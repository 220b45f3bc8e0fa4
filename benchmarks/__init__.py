"""What is measured, against what, and how to measure it again. Only the public surface of the product is used."""
