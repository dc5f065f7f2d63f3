"""Results that leave the lab."""
