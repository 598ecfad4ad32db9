//! Fetches what publishers allow, at their pace, once, and archives it.
//!
//! The doors are [`fetch`] (wishes in, pages in the [`Store`], an [`Outcome`] out) and [`archive::pages`] (pages of any WARC file, in a stream).
//!
//! Reading order: [`robots`] and [`pace`] (what is allowed, and when), [`address`] and [`client`] (one request, bounded),
//! [`source`] (feeds and sitemaps), [`archive`] and [`state`] (what is kept), `run` (many hosts at once).
//!
//! Measured on two quiet cores: `cargo bench --workspace --bench requests` fetched 243 pages a second from 50 hosts with a gap of
//! 200 ms at each, with 35 % of one core and 112 MB. Through `solieu extract` 1 GB of real pages (213 MB packed) took 12.5 to 13.8 s as an
//! archive and 12.2 to 13.3 s as files with both cores, and 19.5 to 23.3 s against 21.0 to 26.1 s with `--threads 1`, where the next pages
//! are unpacked beside: 93 % of the speed or more in every pair. Memory does not grow with the file: 161 MB for it, 167 MB for one of
//! twice the size.
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
