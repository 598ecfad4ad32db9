//! `kill -9` at random moments of a night, a hundred times: nothing archived is lost or doubled, the state agrees, the next night finishes.
//!
//! The test starts itself as the night to kill, so it has no harness of its own.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]
#![expect(clippy::print_stdout, reason = "without a harness the test says itself how it went")]

mod site;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use fetcher::archive::{self, Page};
use fetcher::pace::SystemClock;
use fetcher::{Built, Event, FetchError, Manners, Reading, StageError, Stages, Store, Wish, nightly};
use site::{Reply, Site, TestClock, feed, publisher};

const HOSTS: usize = 6;
const KILLS: u64 = 100;
const LOCKED: i32 = 7;

/// Articles as files, and a dataset that is their concatenation.
struct Files(PathBuf);

impl Stages for Files {
    fn reader(&self) -> String {
        "reader-1".to_owned()
    }

    fn read(&mut self, pages: &mut dyn Iterator<Item = Page>) -> Result<Vec<Reading>, StageError> {
        let mut readings = Vec::new();
        for page in pages {
            let name = page.url.replace(['/', ':'], "_");
            fs::write(self.0.join(name), &page.bytes)?;
            readings.push(Reading { url: page.url, refused: false });
        }
        Ok(readings)
    }

    fn build(&mut self) -> Result<Built, StageError> {
        let rows = fs::read_dir(&self.0)?.count() as u64;
        Ok(Built { rows, changed: true })
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    match arguments.get(1).map(String::as_str) {
        Some("--night") => runtime.block_on(night(Path::new(&arguments[2]), arguments[3].parse().unwrap())),
        // Cargo lists and filters tests by options that mean nothing here.
        Some("--list") => {}
        _ => {
            runtime.block_on(kill_many_nights());
            println!("test result: ok. 1 passed; 0 failed");
        }
    }
}

/// A night as the program runs it, on the machine's clock.
async fn night(folder: &Path, address: SocketAddr) {
    let manners = manners(address);
    let mut store = match Store::open(folder, &manners.contact, 40_000) {
        Ok(store) => store,
        Err(FetchError::Locked { .. }) => std::process::exit(LOCKED),
        Err(error) => panic!("{error}"),
    };
    let articles = folder.join("articles");
    fs::create_dir_all(&articles).unwrap();
    let wish = Wish { publishers: (0..HOSTS).map(|host| publisher(&format!("h{host}.example"))).collect(), ..Wish::default() };
    let mut stages = Files(articles);
    let night = nightly(&mut store, &wish, &manners, false, &mut stages, &SystemClock, &mut |_: &Event<'_>| {}).await.unwrap();
    assert_eq!(night.unreadable, 0, "{night}");
}

fn manners(address: SocketAddr) -> Manners {
    let site = Site::at(address);
    let hosts: Vec<String> = (0..HOSTS).map(|host| format!("h{host}.example")).collect();
    let mut manners = site.manners(&hosts.iter().map(String::as_str).collect::<Vec<_>>());
    manners.min_gap = Duration::from_millis(8);
    manners.habits.recheck = Duration::ZERO;
    manners
}

fn start(folder: &Path, address: SocketAddr) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.arg("--night").arg(folder).arg(address.to_string()).stdout(Stdio::null()).spawn().unwrap()
}

/// Every page, named by its round; a third of the feeds gets new ones in each round.
fn publish(site: &Site, round: u64, urls: &mut BTreeMap<usize, Vec<String>>) {
    let host = (round % HOSTS as u64) as usize;
    let listed = urls.entry(host).or_default();
    for number in 0..3 {
        let url = format!("http://h{host}.example/{round}-{number}.html");
        // Bodies that do not pack well make writes long enough to be hit.
        let noise: String = (0..400).map(|part| blake3::hash(format!("{url}{part}").as_bytes()).to_hex().to_string()).collect();
        site.put(url.strip_prefix("http://").unwrap(), Reply::html(&format!("<html>{url} {noise}")).with("etag", &format!("\"{round}\"")));
        listed.push(url);
    }
    let items: Vec<(&str, &str)> = listed.iter().map(|url| (url.as_str(), "")).collect();
    site.put(&format!("h{host}.example/feed.rss"), Reply::xml(&feed(&items)).with("etag", &format!("\"f{round}\"")));
}

async fn kill_many_nights() {
    let site = Site::start(&TestClock::at("2026-01-05T18:00:00Z")).await;
    let folder = tempfile::tempdir().unwrap();
    let mut urls = BTreeMap::new();
    let mut archived: BTreeSet<String> = BTreeSet::new();
    let (mut killed, mut torn) = (0, 0);
    let mut longest = 400;
    let mut round = 0;
    while killed < KILLS {
        round += 1;
        publish(&site, round, &mut urls);
        let mut night = start(folder.path(), site.address);
        // Drawn anew every time, the same in every run of the test; the night before tells how long there is to hit.
        let draw =
            u64::from(blake3::hash(&round.to_le_bytes()).as_bytes()[0]) * 256 + u64::from(blake3::hash(&round.to_le_bytes()).as_bytes()[1]);
        tokio::time::sleep(Duration::from_millis(draw * longest / 65_536)).await;
        if let Some(status) = night.try_wait().unwrap() {
            assert!(status.success(), "a night that nobody killed ends well: {status}");
            longest = (longest * 9 / 10).max(60);
            continue;
        }
        longest += 4;
        night.kill().unwrap();
        night.wait().unwrap();
        killed += 1;
        // One write per group leaves hardly a tear; every other kill adds what a full disk or a power cut would leave.
        if killed % 2 == 0 {
            torn += tear(&folder.path().join("archive"));
        }
        remember(folder.path(), &mut archived);
    }

    // Two nights at once: one works, one refuses and says so by its code.
    let (mut one, mut two) = (start(folder.path(), site.address), start(folder.path(), site.address));
    let mut codes = [one.wait().unwrap().code(), two.wait().unwrap().code()];
    codes.sort_unstable();
    assert!(codes == [Some(0), Some(LOCKED)], "{codes:?}");

    check(folder.path(), &archived, &urls);
    let aside = fs::read_dir(folder.path().join("archive"))
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().path().to_string_lossy().contains(".torn"))
        .count();
    // A night that is killed while it repairs leaves two tears in one tail.
    assert!(torn > 10 && aside > torn / 2, "{aside} torn tails are set aside, {torn} were left");
    let files = archive::files(&folder.path().join("archive")).unwrap().len();
    println!(
        "{round} nights, {killed} of them killed; {aside} torn tails set aside; {} records were whole at a kill; {files} files",
        archived.len()
    );
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

/// Remembers every record that is whole right after a kill.
fn remember(folder: &Path, archived: &mut BTreeSet<String>) {
    let Ok(records) = archive::records(&folder.join("archive")) else { return };
    for record in records.flatten() {
        archived.insert(record.header("WARC-Record-ID").unwrap().to_owned());
    }
}

/// Nothing lost, nothing doubled, state and archive agree, and all the work is done.
fn check(folder: &Path, archived: &BTreeSet<String>, urls: &BTreeMap<usize, Vec<String>>) {
    let mut ids: BTreeMap<String, usize> = BTreeMap::new();
    let mut pages: BTreeMap<String, usize> = BTreeMap::new();
    for record in archive::records(&folder.join("archive")).unwrap() {
        let record = record.expect("no damage is left in the archive");
        *ids.entry(record.header("WARC-Record-ID").unwrap().to_owned()).or_default() += 1;
        let is_page = record.kind() == "response" && record.url().is_some_and(|url| url.contains('-'));
        *pages.entry(record.url().unwrap_or_default().to_owned()).or_default() += usize::from(is_page);
    }
    let lost: Vec<&String> = archived.iter().filter(|id| !ids.contains_key(*id)).collect();
    assert!(lost.is_empty(), "records that were whole are lost: {lost:?}");
    let doubled: Vec<&String> = ids.iter().filter(|(_, count)| **count > 1).map(|(id, _)| id).collect();
    assert!(doubled.is_empty(), "records are doubled: {doubled:?}");

    let store = Store::open(folder, "c", 40_000).unwrap();
    assert_eq!(store.repairs, Vec::<String>::new(), "the last night left nothing to repair");
    for url in urls.values().flatten() {
        assert_eq!(pages.get(url), Some(&1), "{url} is archived once");
        let seen = store.state.page(url).unwrap().expect("the state knows every page");
        let content = seen.content.expect("every page has its content");
        let page = archive::page_at(store.archive(), &content.id.parse().unwrap()).unwrap();
        assert_eq!((page.url.as_str(), blake3::hash(&page.bytes).to_hex().to_string()), (url.as_str(), content.hash));
        assert!(seen.read.is_some_and(|read| !read.refused), "{url} is read");
        assert_eq!(fs::read(folder.join("articles").join(url.replace(['/', ':'], "_"))).unwrap(), page.bytes);
    }
    for report in archive::verify(store.archive()).unwrap() {
        assert_eq!(report.troubles, Vec::<String>::new(), "{}", report.file);
    }
}
