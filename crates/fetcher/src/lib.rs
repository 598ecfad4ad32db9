//! Fetches what publishers allow, at their pace, once, and archives it.

pub mod address;
pub mod archive;
mod body;
pub mod client;
mod error;
pub mod pace;
pub mod robots;

pub use error::{Failure, FetchError};
