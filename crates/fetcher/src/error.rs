//! What stops a run, and what a single address can answer instead of a page.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// What stops a run; a page that fails is a [`Failure`] in its outcome instead.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FetchError {
    /// Another run works in the same folder.
    #[error("{}: another run is at work here", path.display())]
    Locked {
        /// The lock file.
        path: PathBuf,
    },
    /// A file or folder cannot be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The state database cannot be used.
    #[error("{}: {source}", path.display())]
    State {
        /// The database.
        path: PathBuf,
        /// What it said.
        source: Box<redb::Error>,
    },
    /// A value of the state, a table or a record id does not read.
    #[error("{what}: {why}")]
    Malformed {
        /// Which.
        what: String,
        /// What is wrong.
        why: String,
    },
    /// A part of a WARC file does not read.
    #[error("{file}:{offset}: {why}")]
    Damaged {
        /// The file.
        file: String,
        /// Offset of the record.
        offset: u64,
        /// What is wrong.
        why: String,
    },
    /// The HTTP client cannot be built.
    #[error("the HTTP client cannot start: {0}")]
    Client(#[from] reqwest::Error),
    /// Nobody to write to is named.
    #[error("no contact is set for the user agent")]
    NoContact,
    /// A configuration value is wrong.
    #[error("{origin}: {key}: {why}")]
    Config {
        /// File, variable or option that it came from.
        origin: String,
        /// The key.
        key: String,
        /// What is wrong.
        why: String,
    },
    /// A stage after fetching failed.
    #[error("{stage}: {source}")]
    Stage {
        /// Which stage.
        stage: &'static str,
        /// What it said.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

impl FetchError {
    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Locked { .. } => "wait for the other run to end, or give this one a store of its own",
            Self::File { .. } => "check that the folder exists and may be written",
            Self::State { .. } => "the archive holds everything: move the state file away and run again to rebuild it",
            Self::Malformed { .. } => "the value may be of a newer version of this program",
            Self::Damaged { .. } => "the records around it are read; `solieu archive verify` tells how much is damaged",
            Self::Client(_) => "check the system's root certificates",
            Self::NoContact => "set fetch.contact in solieu.toml, or SOLIEU_FETCH_CONTACT, to an address that site owners can write to",
            Self::Config { .. } => "`solieu config` shows every key and its default",
            Self::Stage { .. } => "the pages are archived; the next run goes on from there",
        }
    }

    pub(crate) fn file(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::File { path, source }
    }
}

/// Why an address gave no page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Failure {
    /// Neither http nor https.
    #[error("`{0}` is not fetched, only http and https are")]
    Scheme(String),
    /// A name or password in the address.
    #[error("addresses with a name or password are not fetched")]
    Credentials,
    /// No address at all.
    #[error("`{0}` is no address")]
    NoAddress(String),
    /// Private, loopback, link-local or a cloud's metadata service.
    #[error("{0} is not a public address")]
    PrivateAddress(String),
    /// robots.txt forbids it.
    #[error("robots.txt forbids it")]
    Robots,
    /// robots.txt cannot be reached, so nothing is allowed.
    #[error("robots.txt cannot be reached, so nothing is allowed")]
    RobotsUnreachable,
    /// No connection, or a broken one.
    #[error("no connection: {0}")]
    Connection(String),
    /// It took too long.
    #[error("it took too long, or was silent for too long (a request has {0} seconds)")]
    Slow(u64),
    /// More bytes than a page may have.
    #[error("the body is larger than {0} bytes")]
    TooLarge(u64),
    /// More bytes than a page may have, once unpacked.
    #[error("the body unpacks to more than {0} bytes")]
    Bomb(u64),
    /// The content encoding does not unpack.
    #[error("the body does not unpack as {0}")]
    Encoding(String),
    /// An error status.
    #[error("status {0}")]
    Status(u16),
    /// A redirect too many, or in a circle.
    #[error("redirected {0} times")]
    Redirects(u8),
    /// The host's budget is spent, or its circuit is open.
    #[error("put off: {0}")]
    PutOff(String),
}

impl Failure {
    /// Whether trying again may help.
    pub fn may_pass(&self) -> bool {
        match self {
            Self::Connection(_) | Self::Slow(_) | Self::RobotsUnreachable | Self::PutOff(_) => true,
            Self::Status(status) => matches!(status, 408 | 425 | 429 | 500..),
            _ => false,
        }
    }

    /// Whether the host itself is in trouble, rather than one address on it.
    pub fn is_the_hosts(&self) -> bool {
        self.may_pass() && !matches!(self, Self::PutOff(_))
    }

    /// A word for tables and metrics.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Scheme(_) | Self::Credentials | Self::NoAddress(_) | Self::PrivateAddress(_) => "unsafe",
            Self::Robots => "robots",
            Self::RobotsUnreachable => "robots-unreachable",
            Self::Connection(_) => "connection",
            Self::Slow(_) => "slow",
            Self::TooLarge(_) | Self::Bomb(_) => "too-large",
            Self::Encoding(_) => "encoding",
            Self::Status(_) => "status",
            Self::Redirects(_) => "redirects",
            Self::PutOff(_) => "put-off",
        }
    }
}
