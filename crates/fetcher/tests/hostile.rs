//! Hostile and broken servers: bounded, named, and never in the way of other hosts.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod site;

use std::io::Write;
use std::time::{Duration, Instant};

use fetcher::{Failure, Outcome, Store, Wish, archive};
use flate2::{Compression, write::GzEncoder};
use site::{Reply, Site, TestClock, run};

const START: &str = "2026-01-05T18:00:00Z";

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

fn packed(body: Vec<u8>, encoding: &str) -> Reply {
    let headers = vec![("content-type", "text/html".to_owned()), ("content-encoding", encoding.to_owned())];
    Reply::Page { status: 200, headers, body }
}

/// Fetches one address of `h.example` and tells what the state says of it.
async fn fetched(site: &Site, url: &str) -> (Outcome, Option<Failure>, usize) {
    let folder = tempfile::tempdir().unwrap();
    let mut manners = site.manners(&["h.example", "good.example"]);
    manners.attempts = 1;
    let wish = Wish { urls: vec![url.to_owned()], ..Wish::default() };
    let outcome = run(folder.path(), &wish, &manners, &site.clock).await;
    let store = Store::open(folder.path(), "c", 1 << 30).unwrap();
    let failure = store.state.page(url).unwrap().and_then(|seen| seen.failure);
    let pages = archive::pages(store.archive()).unwrap().map(Result::unwrap).filter(fetcher::archive::Page::is_html).count();
    (outcome, failure, pages)
}

#[tokio::test]
async fn redirects_into_private_addresses_are_refused() {
    let site = Site::start(&TestClock::at(START)).await;
    let port = site.address.port();
    for (path, target) in [
        ("loopback", format!("http://127.0.0.1:{port}/secret")),
        ("six", format!("http://[::1]:{port}/secret")),
        ("decimal", format!("http://2130706433:{port}/secret")),
        ("metadata", "http://169.254.169.254/latest/meta-data/".to_owned()),
        // A name that the system resolves to loopback: refused after resolution.
        ("name", format!("http://localhost:{port}/secret")),
    ] {
        site.put(&format!("h.example/{path}"), Reply::redirect(&target));
        let (outcome, failure, pages) = fetched(&site, &format!("http://h.example/{path}")).await;
        assert!(matches!(failure, Some(Failure::PrivateAddress(_) | Failure::RobotsUnreachable)), "{path}: {failure:?}");
        assert_eq!((outcome.new, pages), (0, 0), "{path}");
    }
    site.put("h.example/file", Reply::redirect("file:///etc/passwd"));
    let (_, failure, _) = fetched(&site, "http://h.example/file").await;
    assert_eq!(failure, Some(Failure::Scheme("file".to_owned())));
    assert!(!site.asked().iter().any(|path| path.contains("secret")), "{:?}", site.asked());
}

#[tokio::test]
async fn private_addresses_pass_only_where_allowed() {
    let site = Site::start(&TestClock::at(START)).await;
    site.put("127.0.0.1/a", Reply::html("a"));
    let url = format!("http://127.0.0.1:{}/a", site.address.port());
    let folder = tempfile::tempdir().unwrap();
    let wish = Wish { urls: vec![url], ..Wish::default() };
    let mut manners = site.manners(&[]);
    assert_eq!(run(folder.path(), &wish, &manners, &site.clock).await.failed.get("unsafe"), Some(&1));
    assert_eq!(site.asked().len(), 0);
    manners.guard.allow_private = true;
    assert_eq!(run(folder.path(), &wish, &manners, &site.clock).await.new, 1);
}

#[tokio::test]
async fn redirects_are_followed_and_bounded() {
    let site = Site::start(&TestClock::at(START)).await;
    site.put("h.example/old", Reply::redirect("/new#part"));
    site.put("h.example/new", Reply::html("here"));
    let (outcome, failure, pages) = fetched(&site, "http://h.example/old").await;
    assert_eq!((outcome.new, outcome.redirected, failure, pages), (1, 1, None, 1));
    assert_eq!(site.shortest_gap("h.example"), Some(Duration::from_secs(2)), "hops keep the gap too");

    site.put("h.example/round", Reply::redirect("/about"));
    site.put("h.example/about", Reply::redirect("/round"));
    let (_, failure, _) = fetched(&site, "http://h.example/round").await;
    assert_eq!(failure, Some(Failure::Redirects(2)));
    for hop in 0..20 {
        site.put(&format!("h.example/hop{hop}"), Reply::redirect(&format!("/hop{}", hop + 1)));
    }
    let (outcome, failure, _) = fetched(&site, "http://h.example/hop0").await;
    assert_eq!((failure, outcome.all_requests()), (Some(Failure::Redirects(9)), 10));

    // The target's own rules count.
    site.put("good.example/robots.txt", Reply::text("user-agent: *\ndisallow: /shut"));
    site.put("good.example/shut", Reply::html("shut"));
    site.put("h.example/away", Reply::redirect("http://good.example/shut"));
    let (_, failure, pages) = fetched(&site, "http://h.example/away").await;
    assert_eq!((failure, pages), (Some(Failure::Robots), 0));
}

#[tokio::test]
async fn bodies_end_at_their_bounds() {
    let site = Site::start(&TestClock::at(START)).await;
    site.put("h.example/endless", Reply::Endless);
    site.put("h.example/claims", Reply::Silence(b"HTTP/1.1 200 X\r\ncontent-length: 99999999999\r\n\r\nx".to_vec()));
    site.put("h.example/bomb", packed(gzip(&vec![b' '; 64 << 20]), "gzip"));
    site.put("h.example/nested", packed(gzip(&gzip(&vec![b' '; 64 << 20])), "gzip, gzip"));
    for (path, expected) in [
        ("endless", Failure::TooLarge(1 << 20)),
        ("claims", Failure::TooLarge(1 << 20)),
        ("bomb", Failure::Bomb(4 << 20)),
        ("nested", Failure::Bomb(4 << 20)),
    ] {
        let (outcome, failure, pages) = fetched(&site, &format!("http://h.example/{path}")).await;
        assert_eq!(failure.as_ref(), Some(&expected), "{path}");
        assert_eq!((outcome.failed.get("too-large"), pages), (Some(&1), 0), "{path}");
    }
    assert_eq!(Failure::Bomb(4 << 20).to_string(), "the body unpacks to more than 4194304 bytes");
}

#[tokio::test]
async fn broken_bodies_are_named() {
    let site = Site::start(&TestClock::at(START)).await;
    let whole = gzip(b"<html>a page that goes on for a while</html>");
    site.put("h.example/gzip", packed(whole[..whole.len() - 10].to_vec(), "gzip"));
    site.put("h.example/brotli", packed(b"\xff\xff\xffno brotli".to_vec(), "br"));
    site.put("h.example/short", Reply::Raw(b"HTTP/1.1 200 X\r\ncontent-length: 100\r\n\r\nonly this".to_vec()));
    site.put("h.example/chunk", Reply::Raw(b"HTTP/1.1 200 X\r\ntransfer-encoding: chunked\r\n\r\nffff\r\nonly this".to_vec()));
    site.put("h.example/nothing", Reply::Raw(Vec::new()));
    site.put("h.example/garbage", Reply::Raw(b"\x16\x03\x01\x02\x00\x01\x00 this is no HTTP".to_vec()));
    for (path, word) in [
        ("gzip", "encoding"),
        ("brotli", "encoding"),
        ("short", "connection"),
        ("chunk", "connection"),
        ("nothing", "connection"),
        ("garbage", "connection"),
    ] {
        let (outcome, failure, pages) = fetched(&site, &format!("http://h.example/{path}")).await;
        assert_eq!((failure.map(|failure| failure.word()), pages), (Some(word), 0), "{path}");
        assert_eq!(outcome.failed, [(word, 1)].into(), "{path}");
    }
    // A length that is too small cuts the page, as every client does; the rest is not taken for a second answer.
    site.put("h.example/long", Reply::Raw(b"HTTP/1.1 200 X\r\ncontent-type: text/html\r\ncontent-length: 4\r\n\r\nonly this".to_vec()));
    assert_eq!(fetched(&site, "http://h.example/long").await.0.new, 1);
}

#[tokio::test]
async fn silence_ends_and_others_do_not_wait() {
    let site = Site::start(&TestClock::at(START)).await;
    site.put("h.example/mute", Reply::Silence(Vec::new()));
    site.put("h.example/stuck", Reply::Silence(b"HTTP/1.1 200 X\r\ncontent-length: 100\r\n\r\nonly".to_vec()));
    site.put("good.example/a", Reply::html("a"));
    let begun = Instant::now();
    for path in ["mute", "stuck"] {
        let (_, failure, _) = fetched(&site, &format!("http://h.example/{path}")).await;
        assert_eq!(failure, Some(Failure::Slow(5)), "{path}");
    }
    assert!(begun.elapsed() < Duration::from_secs(4), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn charsets_and_names_are_archived_as_they_are() {
    let site = Site::start(&TestClock::at(START)).await;
    // Says UTF-8, is not: the archive keeps the bytes, the reader of pages decides.
    site.put(
        "h.example/tin..%2F..%2Fetc%2Fpasswd",
        Reply::Page {
            status: 200,
            headers: vec![("content-type", "text/html; charset=utf-8".to_owned()), ("set-cookie", "id=1".to_owned())],
            body: b"<html>t\xe3ng tr\xb0\xf2ng".to_vec(),
        },
    );
    let folder = tempfile::tempdir().unwrap();
    let url = "http://h.example/tin..%2F..%2Fetc%2Fpasswd".to_owned();
    let wish = Wish { urls: vec![url.clone()], ..Wish::default() };
    for _ in 0..2 {
        run(folder.path(), &wish, &site.manners(&["h.example"]), &site.clock).await;
    }
    let page = archive::pages(folder.path()).unwrap().map(Result::unwrap).find(|page| page.url == url).unwrap();
    assert_eq!(page.bytes, b"<html>t\xe3ng tr\xb0\xf2ng");
    assert!(site.hits().iter().all(|hit| !hit.headers.contains_key("cookie")), "no cookie comes back");
    let mut names: Vec<String> =
        std::fs::read_dir(folder.path().join("archive")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert!(names.iter().all(|name| name.starts_with("solieu-2026")), "{names:?}");
}
