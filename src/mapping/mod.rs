//! A Halo record as a Hudu record: defaults, sort rules, typed conversion.

pub mod compare;
pub mod from_halo;
pub mod from_hudu;
pub mod layout;
pub mod normal;
pub mod record;
pub mod values;
pub mod view;
pub mod wanted;
pub mod word;
