//! One request and its answer, bounded in time and size; redirects are answers like others, and nothing is remembered.

use std::error::Error;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::{self, HeaderMap, HeaderName, HeaderValue};
use url::Url;

use crate::address::{Guard, Refused};
use crate::body::ACCEPTED;
use crate::{Failure, FetchError};

/// What bounds one exchange.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// The most bytes of a body, as sent.
    pub max_body: u64,
    /// The most bytes of a body, unpacked.
    pub max_unpacked: u64,
    /// The longest time of one exchange.
    pub timeout: Duration,
    /// The longest silence while connecting or within a body.
    pub silence: Duration,
}

/// What makes a request conditional: what the last answer said of itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Validators {
    /// `ETag`.
    pub etag: Option<String>,
    /// `Last-Modified`.
    pub last_modified: Option<String>,
}

/// A request and its answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Exchange {
    /// The address.
    pub url: Url,
    /// When the request was sent.
    pub at: Timestamp,
    /// The address that answered.
    pub peer: Option<IpAddr>,
    /// Headers of the request.
    pub asked: Vec<(String, String)>,
    /// Status of the answer.
    pub status: u16,
    /// Its reason phrase.
    pub reason: &'static str,
    /// Its headers, without those of the connection.
    pub headers: Vec<(String, Vec<u8>)>,
    /// Its body, as sent: still packed, no longer chunked.
    pub body: Vec<u8>,
}

impl Exchange {
    /// A header of the answer, if it is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).and_then(|(_, value)| std::str::from_utf8(value).ok())
    }
}

/// Asks; one connection a host is the caller's care.
#[derive(Clone, Debug)]
pub struct Client {
    http: reqwest::Client,
    guard: Arc<Guard>,
    limits: Limits,
    user_agent: String,
}

impl Client {
    /// A client that says who it is.
    pub fn new(user_agent: &str, guard: Guard, limits: Limits) -> Result<Self, FetchError> {
        let guard = Arc::new(guard);
        let http = reqwest::Client::builder()
            .user_agent(user_agent)
            .redirect(reqwest::redirect::Policy::none()) // every hop is decided anew, by the same rules
            .no_proxy() // a proxy would resolve names where the guard cannot see
            .referer(false)
            .retry(reqwest::retry::never()) // retries are paced by the caller
            .dns_resolver(Arc::clone(&guard))
            .connect_timeout(limits.silence)
            .read_timeout(limits.silence)
            .timeout(limits.timeout)
            .pool_max_idle_per_host(1)
            .pool_idle_timeout(Duration::from_secs(30))
            .http2_max_header_list_size(64 * 1024)
            .build()?;
        Ok(Self { http, guard, limits, user_agent: user_agent.to_owned() })
    }

    /// The bounds in force.
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// Asks for an address once; `at` is the time that the exchange will bear.
    pub async fn ask(&self, url: &Url, validators: &Validators, at: Timestamp) -> Result<Exchange, Failure> {
        self.guard.check(url)?;
        let asked = self.headers(url, validators);
        let mut request = self.http.get(url.clone());
        for (name, value) in &asked {
            if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
                request = request.header(name, value);
            }
        }
        let mut response = request.send().await.map_err(|error| self.failure(&error))?;
        let mut exchange = Exchange {
            url: url.clone(),
            at,
            peer: response.remote_addr().map(|peer| peer.ip()),
            asked,
            status: response.status().as_u16(),
            reason: response.status().canonical_reason().unwrap_or(""),
            headers: kept_headers(response.headers()),
            body: Vec::new(),
        };
        if response.content_length().is_some_and(|length| length > self.limits.max_body) {
            return Err(Failure::TooLarge(self.limits.max_body));
        }
        while let Some(chunk) = response.chunk().await.map_err(|error| self.failure(&error))? {
            if (exchange.body.len() + chunk.len()) as u64 > self.limits.max_body {
                return Err(Failure::TooLarge(self.limits.max_body));
            }
            exchange.body.extend_from_slice(&chunk);
        }
        Ok(exchange)
    }

    fn headers(&self, url: &Url, validators: &Validators) -> Vec<(String, String)> {
        let host = &url[url::Position::BeforeHost..url::Position::AfterPort];
        let fixed = [
            ("host", Some(host)),
            ("user-agent", Some(self.user_agent.as_str())),
            (
                "accept",
                Some("text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5"),
            ),
            ("accept-language", Some("vi, en;q=0.5")),
            ("accept-encoding", Some(ACCEPTED)),
            ("if-none-match", validators.etag.as_deref()),
            ("if-modified-since", validators.last_modified.as_deref()),
        ];
        fixed.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?.to_owned()))).collect()
    }

    fn failure(&self, error: &reqwest::Error) -> Failure {
        let mut cause: Option<&(dyn Error + 'static)> = Some(error);
        let mut last = error.to_string();
        while let Some(inner) = cause {
            if let Some(Refused(ip)) = inner.downcast_ref() {
                return Failure::PrivateAddress(ip.to_string());
            }
            last = inner.to_string();
            cause = inner.source();
        }
        if error.is_timeout() {
            return Failure::Slow(self.limits.timeout.as_secs());
        }
        Failure::Connection(last)
    }
}

/// The headers that say something about the page: those of the connection are gone with it, the body being no longer chunked.
fn kept_headers(headers: &HeaderMap) -> Vec<(String, Vec<u8>)> {
    headers
        .iter()
        .filter(|(name, _)| ![header::TRANSFER_ENCODING, header::CONNECTION, header::TRAILER].contains(name) && *name != "keep-alive")
        .map(|(name, value)| (name.as_str().to_owned(), value.as_bytes().to_vec()))
        .collect()
}
