//! Answers each message with the rooms above.
