//! HaloITSM documentation beside the record in view.
