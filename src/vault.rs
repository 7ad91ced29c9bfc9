//! Secrets at rest and one-time codes.
