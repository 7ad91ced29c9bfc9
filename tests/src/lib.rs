//! Sidelight.
