//! A Halo record as a Hudu record: defaults, sort rules, typed conversion.

pub mod compare;
pub mod connect;
pub mod facts;
mod findings;
pub mod from_halo;
pub mod from_hudu;
pub mod keys;
pub mod layout;
pub mod normal;
pub mod quick;
pub mod record;
pub mod review;
pub mod route;
pub mod rules;
pub mod sample;
pub mod spelling;
pub mod template;
pub mod values;
pub mod view;
pub mod wanted;
pub mod word;

pub use route::wants;
