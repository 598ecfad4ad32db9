//! A news site for the tests: loopback only, many virtual hosts, good and bad manners, and a clock that the test controls.

#![allow(dead_code, reason = "every test file uses a part of it")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::{BTreeMap, VecDeque};
use std::fmt::Write as _;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use fetcher::address::Guard;
use fetcher::client::Limits;
use fetcher::pace::{Clock, Patience};
use fetcher::plan::Habits;
use fetcher::{Event, Manners, Outcome, Publisher, Store, Wish};
use jiff::Timestamp;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A clock that stands still while something answers, and jumps when everyone waits.
#[derive(Debug)]
pub struct TestClock(Mutex<Timestamp>);

impl TestClock {
    pub fn at(text: &str) -> Arc<Self> {
        Arc::new(Self(Mutex::new(text.parse().unwrap())))
    }

    pub fn set(&self, text: &str) {
        *self.0.lock().unwrap() = text.parse().unwrap();
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }

    fn sleep_until(&self, at: Timestamp) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        Box::pin(async move {
            // Time for answers that are on their way; they come first, and the sleep is dropped.
            tokio::time::sleep(Duration::from_millis(25)).await;
            let mut now = self.0.lock().unwrap();
            *now = (*now).max(at);
        })
    }
}

/// What the site answers.
#[derive(Clone, Debug)]
pub enum Reply {
    /// A response; conditional requests are honoured by its `etag` and `last-modified`.
    Page { status: u16, headers: Vec<(&'static str, String)>, body: Vec<u8> },
    /// Bytes as they are, then the end of the connection.
    Raw(Vec<u8>),
    /// Bytes as they are, then silence.
    Silence(Vec<u8>),
    /// A head, then bytes for ever.
    Endless,
    /// One after the other; the last for ever.
    Turns(VecDeque<Reply>),
}

impl Reply {
    pub fn html(body: &str) -> Self {
        Self::Page { status: 200, headers: vec![("content-type", "text/html; charset=utf-8".to_owned())], body: body.as_bytes().to_vec() }
    }

    pub fn xml(body: &str) -> Self {
        Self::Page { status: 200, headers: vec![("content-type", "application/xml".to_owned())], body: body.as_bytes().to_vec() }
    }

    pub fn text(body: &str) -> Self {
        Self::Page { status: 200, headers: vec![("content-type", "text/plain".to_owned())], body: body.as_bytes().to_vec() }
    }

    pub fn status(status: u16) -> Self {
        Self::Page { status, headers: vec![], body: b"<html>sorry".to_vec() }
    }

    pub fn redirect(to: &str) -> Self {
        Self::status(302).with("location", to)
    }

    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        if let Self::Page { headers, .. } = &mut self {
            headers.push((name, value.to_owned()));
        }
        self
    }

    pub fn turns(replies: impl IntoIterator<Item = Reply>) -> Self {
        Self::Turns(replies.into_iter().collect())
    }

    fn take(&mut self) -> Self {
        match self {
            Self::Turns(turns) if turns.len() > 1 => turns.pop_front().unwrap(),
            Self::Turns(turns) => turns[0].clone(),
            other => other.clone(),
        }
    }
}

/// A request that arrived.
#[derive(Clone, Debug)]
pub struct Hit {
    pub host: String,
    pub path: String,
    pub headers: BTreeMap<String, String>,
    /// On the test's clock.
    pub at: Timestamp,
    /// On the machine's, for a program that knows no other.
    pub came: Instant,
}

#[derive(Debug, Default)]
struct Shared {
    replies: BTreeMap<(String, String), Reply>,
    hits: Vec<Hit>,
    /// Requests that are being answered, by host, and the most at once.
    open: BTreeMap<String, (usize, usize)>,
}

/// The site at work.
#[derive(Clone, Debug)]
pub struct Site {
    pub address: SocketAddr,
    pub clock: Arc<TestClock>,
    shared: Arc<Mutex<Shared>>,
}

impl Site {
    pub async fn start(clock: &Arc<TestClock>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let site = Self { address: listener.local_addr().unwrap(), clock: Arc::clone(clock), shared: Arc::default() };
        let serving = site.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let site = serving.clone();
                tokio::spawn(async move {
                    let _ = site.serve(stream).await;
                });
            }
        });
        site
    }

    /// A site that another process runs.
    pub fn at(address: SocketAddr) -> Self {
        Self { address, clock: TestClock::at("2026-01-05T18:00:00Z"), shared: Arc::default() }
    }

    /// Puts a reply at an address like `bao.example/a.html`.
    pub fn put(&self, address: &str, reply: Reply) -> &Self {
        let (host, path) = address.split_once('/').unwrap();
        self.shared.lock().unwrap().replies.insert((host.to_owned(), format!("/{path}")), reply);
        self
    }

    pub fn hits(&self) -> Vec<Hit> {
        self.shared.lock().unwrap().hits.clone()
    }

    pub fn forget_hits(&self) {
        self.shared.lock().unwrap().hits.clear();
    }

    /// Addresses that were asked for, in order.
    pub fn asked(&self) -> Vec<String> {
        self.hits().iter().map(|hit| format!("{}{}", hit.host, hit.path)).collect()
    }

    /// The most requests to one host that were open at once.
    pub fn most_open(&self) -> usize {
        self.shared.lock().unwrap().open.values().map(|(_, most)| *most).max().unwrap_or_default()
    }

    /// The shortest time between two requests to a host, on the test's clock.
    pub fn shortest_gap(&self, host: &str) -> Option<Duration> {
        let times: Vec<Timestamp> = self.hits().iter().filter(|hit| hit.host == host).map(|hit| hit.at).collect();
        times.windows(2).map(|pair| Duration::try_from(pair[1].duration_since(pair[0])).unwrap()).min()
    }

    /// The shortest time between two requests to a host, on the machine's clock.
    pub fn shortest_wait(&self, host: &str) -> Option<Duration> {
        let times: Vec<Instant> = self.hits().iter().filter(|hit| hit.host == host).map(|hit| hit.came).collect();
        times.windows(2).map(|pair| pair[1].duration_since(pair[0])).min()
    }

    async fn serve(&self, mut stream: TcpStream) -> std::io::Result<()> {
        let mut buffer = Vec::new();
        loop {
            while !buffer.windows(4).any(|window| window == b"\r\n\r\n") {
                let mut chunk = [0; 4096];
                let read = stream.read(&mut chunk).await?;
                if read == 0 {
                    return Ok(());
                }
                buffer.extend_from_slice(&chunk[..read]);
            }
            let hit = self.hit(&String::from_utf8_lossy(&buffer));
            buffer.clear();
            let reply = {
                let mut shared = self.shared.lock().unwrap();
                let open = shared.open.entry(hit.host.clone()).or_default();
                open.0 += 1;
                open.1 = open.1.max(open.0);
                shared.hits.push(hit.clone());
                shared.replies.get_mut(&(hit.host.clone(), hit.path.clone())).map_or(Reply::status(404), Reply::take)
            };
            let goes_on = answer(&mut stream, &hit, reply).await;
            self.shared.lock().unwrap().open.entry(hit.host).or_default().0 -= 1;
            if !goes_on? {
                return Ok(());
            }
        }
    }

    fn hit(&self, request: &str) -> Hit {
        let mut lines = request.lines();
        let target = lines.next().and_then(|line| line.split(' ').nth(1)).unwrap_or("/");
        // Who takes the site for a proxy names the whole address.
        let path = target.strip_prefix("http://").and_then(|rest| rest.find('/').map(|start| &rest[start..])).unwrap_or(target).to_owned();
        let headers: BTreeMap<String, String> =
            lines.filter_map(|line| line.split_once(": ")).map(|(name, value)| (name.to_lowercase(), value.to_owned())).collect();
        let host = headers.get("host").cloned().unwrap_or_default();
        Hit { host: host.split(':').next().unwrap_or_default().to_owned(), path, headers, at: self.clock.now(), came: Instant::now() }
    }

    /// Manners for the tests: short waits, the site's hosts pinned to it.
    pub fn manners(&self, hosts: &[&str]) -> Manners {
        let pinned = hosts.iter().map(|host| ((*host).to_owned(), self.address)).collect();
        Manners {
            contact: "test@solieu.example".to_owned(),
            min_gap: Duration::from_secs(2),
            hosts_at_once: 16,
            budget: 1000,
            attempts: 3,
            longest: Duration::from_secs(6 * 3600),
            patience: Patience {
                first_wait: Duration::from_secs(10),
                longest_wait: Duration::from_secs(300),
                failures_to_open: 5,
                cool_off: Duration::from_secs(600),
            },
            openings: 2,
            limits: Limits {
                max_body: 1 << 20,
                max_unpacked: 4 << 20,
                timeout: Duration::from_secs(5),
                silence: Duration::from_millis(700),
            },
            guard: Guard { allow_private: false, hosts: pinned },
            habits: Habits { recheck: Duration::from_secs(3 * 86_400), give_up_after: 5 },
            section_pages: 5,
            seed: 1,
        }
    }
}

async fn answer(stream: &mut TcpStream, hit: &Hit, reply: Reply) -> std::io::Result<bool> {
    match reply {
        Reply::Page { status, headers, body } => {
            let value = |name: &str| headers.iter().find(|(key, _)| *key == name).map(|(_, value)| value);
            let same = |asked: &str, own: &str| hit.headers.get(asked).is_some_and(|asked| Some(asked) == value(own));
            let unchanged = status == 200 && (same("if-none-match", "etag") || same("if-modified-since", "last-modified"));
            let (status, body) = if unchanged { (304, Vec::new()) } else { (status, body) };
            let mut head = format!("HTTP/1.1 {status} X\r\n");
            for (name, value) in &headers {
                let _ = write!(head, "{name}: {value}\r\n");
            }
            if status != 304 {
                let _ = write!(head, "content-length: {}\r\n", body.len());
            }
            head.push_str("\r\n");
            stream.write_all(head.as_bytes()).await?;
            stream.write_all(&body).await?;
            Ok(true)
        }
        Reply::Raw(bytes) => {
            stream.write_all(&bytes).await?;
            stream.shutdown().await?;
            Ok(false)
        }
        Reply::Silence(bytes) => {
            stream.write_all(&bytes).await?;
            tokio::time::sleep(Duration::from_secs(30)).await;
            Ok(false)
        }
        Reply::Endless => {
            stream.write_all(b"HTTP/1.1 200 X\r\ncontent-type: text/html\r\n\r\n").await?;
            loop {
                stream.write_all(&[b'x'; 16384]).await?;
            }
        }
        Reply::Turns(_) => unreachable!("turns are taken before"),
    }
}

/// An RSS feed of (address, date).
pub fn feed(items: &[(&str, &str)]) -> String {
    let items: Vec<String> = items.iter().map(|(url, date)| format!("<item><link>{url}</link><pubDate>{date}</pubDate></item>")).collect();
    let items = items.concat();
    format!("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel>{items}</channel></rss>")
}

/// A publisher with one feed.
pub fn publisher(host: &str) -> Publisher {
    Publisher {
        id: host.to_owned(),
        domains: vec![host.to_owned()],
        feeds: vec![format!("http://{host}/feed.rss")],
        ..Publisher::default()
    }
}

/// Runs once in a folder.
pub async fn run(folder: &std::path::Path, wish: &Wish, manners: &Manners, clock: &TestClock) -> Outcome {
    let mut store = Store::open(folder, &manners.contact, 1 << 30).unwrap();
    fetcher::fetch(&mut store, wish, manners, clock, &mut |_: &Event<'_>| {}).await.unwrap()
}
