"""Pages about money beside what is rewarded: whether the pay covers the cost, and which fees would put it right."""
