//! `kill -9` at random moments of a night, a hundred times: no archived record is lost or doubled, the state agrees with the
//! archive, the next night finishes the work, and the dataset is the one that nights in peace would have made.
//!
//! `SEED=n` draws the moments of an earlier run again.

#![expect(clippy::unwrap_used, reason = "a test that panics has said what it has to say")]
#![expect(clippy::print_stdout, reason = "who repeats a run needs its seed")]

#[path = "../crates/fetcher/tests/site/mod.rs"]
mod site;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::hash::{BuildHasher, RandomState};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use fetcher::{Store, archive};
use site::{Reply, Site, TestClock, feed};

/// The program under test.
const SOLIEU: &str = env!("CARGO_BIN_EXE_solieu");

const KILLS: u64 = 100;
const HOSTS: u64 = 6;
/// Every night one of the hosts lists so many new pages.
const PAGES: u64 = 3;

/// Small files, so that many nights close one, and gaps that make fetching as long as the rest of a night.
const SETTINGS: &str = "[store]\nfile_size = \"40 kB\"\n[fetch]\ncontact = \"kill@solieu.example\"\nmin_gap = \"60ms\"\nrecheck = \"0s\"\n";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_nights_lose_nothing() {
    let seed = std::env::var("SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or_else(|| RandomState::new().hash_one(KILLS));
    println!("SEED={seed}");
    let site = Site::start(&TestClock::at("2026-01-05T18:00:00Z")).await;
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::write(folder.join("solieu.toml"), settings()).unwrap();
    let mut urls: BTreeMap<u64, Vec<String>> = BTreeMap::new();
    let mut archived = BTreeSet::new();
    let (mut nights, mut killed, mut torn) = (1, 0, 0);
    publish(&site, nights, &mut urls);
    let begun = Instant::now();
    assert!(start(folder, &site).wait().unwrap().success(), "the first night is left in peace");
    // The longest life of a night, beginning with a whole one: longer after one that was killed, shorter after one that came to its end.
    let mut longest = begun.elapsed();
    while killed < KILLS {
        nights += 1;
        publish(&site, nights, &mut urls);
        let mut night = start(folder, &site);
        tokio::time::sleep(longest.mul_f64(draw(seed, nights))).await;
        if let Some(status) = night.try_wait().unwrap() {
            assert!(matches!(status.code(), Some(0 | 8)), "a night that nobody killed ends well: {status}");
            longest = longest.mul_f64(0.9);
            continue;
        }
        longest = longest.mul_f64(1.05);
        night.kill().unwrap();
        night.wait().unwrap();
        killed += 1;
        // One write per group leaves hardly a tear; every other kill adds what a full disk or a power cut would leave.
        if killed % 2 == 0 {
            torn += tear(&folder.join("store/archive"));
        }
        archived.extend(whole_records(folder));
    }
    let last = start(folder, &site).wait().unwrap();
    assert!(matches!(last.code(), Some(0 | 8)), "the next night finishes the work: {last}");

    check_archive(folder, &archived, &urls);
    check_state(folder, &urls);
    check_dataset(folder, &urls);
    let aside = torn_tails(&folder.join("store/archive"));
    // A night that is killed while it repairs leaves two tears in one tail.
    assert!(torn > 0 && aside > torn / 2, "{aside} torn tails are set aside, {torn} were left");
    println!("{nights} nights, {killed} of them killed; {aside} torn tails; {} records were whole at a kill", archived.len());
}

fn settings() -> String {
    let publishers = (0..HOSTS).map(|host| format!("[publisher.h{host}]\nfeeds = [\"http://h{host}.example/feed.rss\"]\n"));
    let names: Vec<String> = (0..HOSTS).map(|host| format!("\"h{host}\"")).collect();
    format!("{SETTINGS}publishers = [{}]\n{}", names.join(", "), publishers.collect::<String>())
}

fn start(folder: &Path, site: &Site) -> Child {
    let hosts: Vec<String> = (0..HOSTS).map(|host| format!("h{host}.example={}", site.address)).collect();
    let mut command = Command::new(SOLIEU);
    command.args(["nightly", "--quiet"]).current_dir(folder).env("SOLIEU_FETCH_HOSTS", hosts.join(","));
    command.stdout(Stdio::null()).spawn().unwrap()
}

/// A part of one.
fn draw(seed: u64, night: u64) -> f64 {
    let drawn = blake3::hash(&[seed.to_le_bytes(), night.to_le_bytes()].concat());
    f64::from(u32::from_le_bytes(drawn.as_bytes()[..4].try_into().unwrap())) / f64::from(u32::MAX)
}

/// New pages on one of the hosts, each with a figure of its own.
fn publish(site: &Site, night: u64, urls: &mut BTreeMap<u64, Vec<String>>) {
    let host = night % HOSTS;
    let listed = urls.entry(host).or_default();
    for number in 0..PAGES {
        let address = format!("h{host}.example/{night}-{number}.html");
        site.put(&address, Reply::html(&page(&address, night * PAGES + number)).with("etag", "\"1\""));
        listed.push(format!("http://{address}"));
    }
    let items: Vec<(&str, &str)> = listed.iter().map(|url| (url.as_str(), "")).collect();
    site.put(&format!("h{host}.example/feed.rss"), Reply::xml(&feed(&items)).with("etag", &format!("\"{night}\"")));
}

fn page(address: &str, figure: u64) -> String {
    // What does not pack makes writes long enough to be hit.
    let noise: String = (0..400).map(|part| blake3::hash(format!("{address}{part}").as_bytes()).to_hex().to_string()).collect();
    format!(
        "<html lang=\"vi\"><head><title>Xuất khẩu gạo năm 2025</title><meta property=\"article:published_time\" content=\"2026-01-05T08:00:00+07:00\">\
         <!-- {noise} --></head><body><article><h1>Xuất khẩu gạo năm 2025</h1>\
         <p>Xuất khẩu gạo năm 2025 đạt {figure} nghìn tấn, theo cơ quan hải quan tại cửa khẩu.</p>\
         <p>Các doanh nghiệp cho biết đơn hàng đã kín đến hết quý sau.</p></article></body></html>"
    )
}

/// Leaves the front of a record behind the last one of every open file; returns how many there were.
fn tear(archive: &Path) -> usize {
    let Ok(entries) = fs::read_dir(archive) else { return 0 };
    let open = entries.map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|ending| ending == "open"));
    open.map(|path| {
        let whole = fs::read(&path).unwrap();
        let front = whole[..whole.len().min(150)].to_vec();
        fs::write(&path, [whole, front].concat()).unwrap();
    })
    .count()
}

fn torn_tails(archive: &Path) -> usize {
    let entries = fs::read_dir(archive).unwrap().map(|entry| entry.unwrap().path());
    entries.filter(|path| path.to_string_lossy().contains(".torn")).count()
}

/// The ids of all records that are whole.
fn whole_records(folder: &Path) -> BTreeSet<String> {
    let Ok(records) = archive::records(&folder.join("store/archive")) else { return BTreeSet::new() };
    records.flatten().map(|record| record.header("WARC-Record-ID").unwrap().to_owned()).collect()
}

/// Nothing lost, nothing doubled, every page once.
fn check_archive(folder: &Path, archived: &BTreeSet<String>, urls: &BTreeMap<u64, Vec<String>>) {
    let folder = folder.join("store/archive");
    let mut ids: BTreeMap<String, usize> = BTreeMap::new();
    let mut pages: BTreeMap<String, usize> = BTreeMap::new();
    for record in archive::records(&folder).unwrap() {
        let record = record.unwrap();
        *ids.entry(record.header("WARC-Record-ID").unwrap().to_owned()).or_default() += 1;
        *pages.entry(record.url().unwrap_or_default().to_owned()).or_default() += usize::from(record.kind() == "response");
    }
    let lost: Vec<&String> = archived.iter().filter(|id| !ids.contains_key(*id)).collect();
    assert!(lost.is_empty(), "records that were whole are lost: {lost:?}");
    let doubled: Vec<&String> = ids.iter().filter(|(_, count)| **count > 1).map(|(id, _)| id).collect();
    assert!(doubled.is_empty(), "records are doubled: {doubled:?}");
    for url in urls.values().flatten() {
        assert_eq!(pages.get(url), Some(&1), "{url} is archived once");
    }
    for report in archive::verify(&folder).unwrap() {
        assert_eq!(report.troubles, Vec::<String>::new(), "{}", report.file);
    }
}

/// Every page is known and read, and its content stands in the archive where the state says.
fn check_state(folder: &Path, urls: &BTreeMap<u64, Vec<String>>) {
    let store = Store::open(&folder.join("store"), "c", u64::MAX).unwrap();
    assert_eq!(store.repairs, Vec::<String>::new(), "the last night left nothing to repair");
    for url in urls.values().flatten() {
        let seen = store.state.page(url).unwrap().unwrap();
        let content = seen.content.unwrap();
        let page = archive::page_at(store.archive(), &content.id.parse().unwrap()).unwrap();
        assert_eq!((page.url.as_str(), blake3::hash(&page.bytes).to_hex().as_str()), (url.as_str(), content.hash.as_str()));
        assert!(seen.read.is_some_and(|read| !read.refused), "{url} is read");
    }
}

/// The dataset is what the archive gives when it is read as a whole, and nothing half made lies about.
fn check_dataset(folder: &Path, urls: &BTreeMap<u64, Vec<String>>) {
    let whole = Command::new(SOLIEU).args(["pipeline", "--quiet", "store/archive", "--out", "whole"]).current_dir(folder).status().unwrap();
    assert!(whole.success(), "{whole}");
    let observations = fs::read_to_string(folder.join("out/observations.csv")).unwrap();
    assert!(observations == fs::read_to_string(folder.join("whole/observations.csv")).unwrap(), "the observations differ");
    for url in urls.values().flatten() {
        assert_eq!(observations.matches(&format!("{url},")).count(), 1, "{url} states one figure");
    }
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    assert_eq!(names.collect::<BTreeSet<_>>(), ["last-success.json", "out", "solieu.toml", "store", "whole"].map(str::to_owned).into());
    assert_eq!(fs::read_dir(folder.join("store/pending")).unwrap().count(), 0, "nothing waits for the dataset");
    let archive =
        fs::read_dir(folder.join("store/archive")).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    let known = |name: &String| [".warc.gz", ".cdxj"].iter().any(|ending| name.ends_with(ending)) || name.contains(".torn");
    let strange: Vec<String> = archive.filter(|name| !known(name)).collect();
    assert!(strange.is_empty(), "{strange:?}");
}
