//! A Halo record as a Hudu record: defaults, sort rules, typed conversion.
