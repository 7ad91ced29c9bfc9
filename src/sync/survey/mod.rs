//! Reading both sides whole, in the fewest requests.

mod changes;
mod probe;

pub use changes::Changes;
