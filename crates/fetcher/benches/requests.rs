//! The request loop against the test site: 50 hosts, the gap of each kept, `cargo bench -p fetcher --bench requests`.
//!
//! A plain program and not a divan bench: the rate over seconds on the machine's clock is the measurement.

#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]

#[path = "../tests/site/mod.rs"]
mod site;

use std::time::{Duration, Instant};

use fetcher::pace::SystemClock;
use fetcher::{Event, Store, Wish};
use site::{Reply, Site, TestClock};

const HOSTS: usize = 50;
const PAGES: usize = 80;
const GAP: Duration = Duration::from_millis(200);

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
    // A second argument makes the process the site alone, so that its own costs are not counted as fetching.
    if std::env::args().nth(1).is_some_and(|argument| argument == "--site") {
        runtime.block_on(serve());
        return;
    }
    let mut child = std::process::Command::new(std::env::current_exe().expect("this program"))
        .arg("--site")
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("the site");
    let mut line = String::new();
    let mut said = std::io::BufReader::new(child.stdout.take().expect("its output"));
    std::io::BufRead::read_line(&mut said, &mut line).expect("its address");
    runtime.block_on(measure(line.trim().parse().expect("an address")));
    child.kill().expect("the site ends");
    child.wait().expect("the site ends");
}

async fn serve() {
    let site = Site::start(&TestClock::at("2026-01-05T18:00:00Z")).await;
    for host in 0..HOSTS {
        for number in 0..PAGES {
            let paragraphs: Vec<String> =
                (0..900).map(|part| format!("<p>{} {number} {part} kim ngạch xuất khẩu của cả nước</p>\n", part * number)).collect();
            site.put(&format!("h{host}.example/{number}.html"), Reply::html(&paragraphs.concat()));
        }
    }
    println!("{}", site.address);
    std::future::pending::<()>().await;
}

async fn measure(address: std::net::SocketAddr) {
    let site = Site::at(address);
    let hosts: Vec<String> = (0..HOSTS).map(|host| format!("h{host}.example")).collect();
    let mut manners = site.manners(&hosts.iter().map(String::as_str).collect::<Vec<_>>());
    manners.min_gap = GAP;
    manners.hosts_at_once = HOSTS;
    let urls = (0..PAGES).flat_map(|number| hosts.iter().map(move |host| format!("http://{host}/{number}.html"))).collect();
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = Store::open(folder.path(), "bench", 1 << 30).expect("a store");
    let (begun, used) = (Instant::now(), cpu_seconds());
    let wish = Wish { urls, ..Wish::default() };
    let outcome = fetcher::fetch(&mut store, &wish, &manners, &SystemClock, &mut |_: &Event<'_>| {}).await.expect("a run");
    let (took, used) = (begun.elapsed().as_secs_f64(), cpu_seconds() - used);
    assert_eq!(outcome.new as usize, HOSTS * PAGES, "every page is fetched");
    assert!(took >= GAP.as_secs_f64() * PAGES as f64, "the gap of every host is kept");
    println!(
        "{} pages ({} MB) from {HOSTS} hosts in {took:.1} s: {:.0} pages/s with a gap of {GAP:?} at each; {:.0} % of one core, peak memory {} MB",
        outcome.new,
        outcome.bytes >> 20,
        outcome.new as f64 / took,
        100.0 * used / took,
        memory()
    );
}

/// Seconds of computing that the process used, where the system tells (Linux, 100 ticks a second).
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(") ").next().unwrap_or_default().split(' ').collect();
    let ticks = |index: usize| fields.get(index).and_then(|field| field.parse::<f64>().ok()).unwrap_or_default();
    (ticks(11) + ticks(12)) / 100.0
}

fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kilobytes| kilobytes.parse::<u64>().ok()).unwrap_or_default() >> 10
}
