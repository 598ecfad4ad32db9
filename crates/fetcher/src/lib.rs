//! Fetches what publishers allow, at their pace, once, and archives it.
//!
//! The doors are [`fetch`] (wishes in, pages in the [`Store`], an [`Outcome`] out) and [`archive::pages`] (pages of any WARC file, in a stream).
//!
//! Reading order: [`robots`] and [`pace`] (what is allowed, and when), [`address`] and [`client`] (one request, bounded),
//! [`source`] (feeds and sitemaps), [`archive`] and [`state`] (what is kept), `run` (many hosts at once).
//!
//! This crate must not know HTML beyond links, grammar or polars.

pub mod address;
pub mod archive;
mod body;
pub mod client;
pub mod config;
mod discover;
mod error;
mod job;
mod land;
mod lane;
mod night;
mod outcome;
pub mod pace;
pub mod plan;
pub mod robots;
mod run;
pub mod source;
pub mod state;
mod store;
mod watch;

pub use error::{Failure, FetchError};
pub use night::{Built, Ending, Night, Reading, StageError, Stages, nightly, read_new};
pub use outcome::{Event, Outcome, Planned};
pub use plan::{Publisher, Wish};
pub use run::{AGENT, Manners, fetch};
pub use store::{SOFTWARE, Store};
pub use watch::{write_last_success, write_metrics};
