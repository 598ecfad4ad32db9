//! Fetches what publishers allow, at their pace, once, and archives it.
//!
//! The doors are [`fetch`] (wishes in, pages in the [`Store`], an [`Outcome`] out) and [`archive::pages`] (pages of any WARC file, in a stream).
//!
//! Reading order: [`robots`] and [`pace`] (what is allowed, and when), [`address`] and [`client`] (one request, bounded),
//! [`source`] (feeds and sitemaps), [`archive`] and [`state`] (what is kept), `run` (many hosts at once).
//!
//! Measured on two quiet cores: `cargo bench --workspace --bench requests` fetched 243 pages a second from 50 hosts with a gap of
//! 200 ms at each, with 35 % of one core and 112 MB. `--bench archive` streamed 1 GB of packed WARC at 887 MB/s by the clock, the same
//! pages as files at 770 (unpacking goes on beside; it is 2.2 s of computing against 1.3). Through `solieu extract` on one core, where
//! nothing goes on beside, 1 GB of real pages (203 MB packed) took 23.5 to 25.2 s and as files 20.3 to 23.9 s: 86 to 95 % of the speed; in
//! instructions 96 %. Memory does not grow with the file: 141 MB for it, 142 MB for one of twice the size.
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
