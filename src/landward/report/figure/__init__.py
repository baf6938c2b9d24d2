"""Pictures of days as plain values, and the one renderer that draws them on screens and paper."""
