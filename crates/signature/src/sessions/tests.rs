use super::*;

const TABLE: &str = "\
when,protocol,tool,port,seconds
2025-02-18 06:00:00,ftp,curl,21,1.5
2025-02-18 06:10:00,ftp,,21,2
2025-02-18 06:10:00,sftp,curl,22,30
2025-02-19,ftp,wget,21,4

2025-02-20T00:00:00Z,scp,wget,8022,900
2025-02-20T01:00:00Z,ftp,curl,21,n/a
";

fn settings(columns: &[(&str, Treat)], baseline: usize) -> Settings {
    let columns = columns.iter().map(|(name, treat)| Column { name: name.to_string(), treat: *treat }).collect();
    Settings { columns, baseline, ..Settings::default() }
}

fn refused(table: &str, settings: &Settings, parts: &[&str]) {
    let error = match Sessions::open(table.as_bytes(), settings) {
        Err(error) => error,
        Ok(sessions) => sessions.filter_map(Result::err).next().expect("it is refused"),
    };
    let message = error.to_string();
    assert!(parts.iter().all(|part| message.contains(part)), "{message}");
}

#[test]
fn rows_after_the_baseline() {
    let wanted =
        [("protocol", Treat::Words), ("tool", Treat::Words), ("port", Treat::Categories), ("seconds", Treat::Bins(2))];
    let settings = Settings { time: Some("when".into()), ..settings(&wanted, 4) };
    let mut sessions = Sessions::open(TABLE.as_bytes(), &settings).unwrap();
    assert_eq!(sessions.codebooks()[0].names(), ["ftp", "sftp", UNSEEN]);
    assert_eq!(sessions.codebooks()[1].names(), ["curl", EMPTY, "wget", UNSEEN]);
    assert_eq!(sessions.codebooks()[3].names(), ["to 2", "above 2", UNSEEN]);
    assert_eq!(*sessions.baseline(), [vec![3, 1, 0], vec![2, 1, 1, 0], vec![3, 1, 0], vec![2, 2, 0]]);
    assert_eq!(sessions.priors(0.5).unwrap()[1].total(), 2.0);
    let first = sessions.next().unwrap().unwrap();
    assert_eq!((first.line, &first.codes[..], &first.unseen[..]), (7, &[2, 2, 2, 1][..], &[0, 2][..]));
    let second = sessions.next().unwrap().unwrap();
    assert_eq!((second.line, &second.codes[..], &second.unseen[..]), (8, &[0, 0, 0, 2][..], &[3][..]));
    assert!(sessions.next().is_none());
    let (start, end) = sessions.times().unwrap();
    assert!((end.days_since(start) - (1.0 + 19.0 / 24.0)).abs() < 1e-9);
    assert_eq!(second.time, Some(end));
}

#[test]
fn columns_that_do_not_work() {
    let words = |name: &'static str| settings(&[(name, Treat::Words)], 2);
    refused(TABLE, &words("protocl"), &["line 1", "`protocl`", "did you mean `protocol`", "tool, port"]);
    refused(TABLE, &words("port"), &["`port` is a number (such as 21)", "bins", "categories"]);
    refused(TABLE, &settings(&[("tool", Treat::Bins(3))], 2), &["`tool`", "\"curl\" is not a number"]);
    refused(TABLE, &settings(&[("port", Treat::Bins(1))], 2), &["2 to 50 bins"]);
    refused(TABLE, &settings(&[], 2), &["name at least one"]);
    refused(TABLE, &settings(&[("tool", Treat::Words), ("tool", Treat::Words)], 2), &["twice"]);
    refused("a,a\nx,y\n", &settings(&[("a", Treat::Words)], 1), &["more than once"]);
    refused("a,b\n,y\n  ,z\n", &settings(&[("a", Treat::Words)], 2), &["`a` is empty in all 2 rows", "leave it out"]);
    let few = Settings { most_categories: 2, ..settings(&[("tool", Treat::Words)], 4) };
    refused(TABLE, &few, &["`tool` has more than 2 categories"]);
}

#[test]
fn baselines_that_do_not_work() {
    refused(TABLE, &settings(&[("tool", Treat::Words)], 7), &["a baseline of 7 rows, but the file has 6", "at most 5"]);
    refused(TABLE, &settings(&[("tool", Treat::Words)], 0), &["at least 1"]);
    refused("tool\n", &settings(&[("tool", Treat::Words)], 5), &["the file has 0", "needed at least"]);
    refused("", &settings(&[("tool", Treat::Words)], 5), &["no column `tool`"]);
    // exactly as long as the file: nothing is left to watch, and that is no error
    assert_eq!(Sessions::open(TABLE.as_bytes(), &settings(&[("tool", Treat::Words)], 6)).unwrap().count(), 0);
}

#[test]
fn times_that_do_not_work() {
    let timed = |baseline| Settings { time: Some("t".into()), ..settings(&[("a", Treat::Words)], baseline) };
    let back = "t,a\n2025-02-02,x\n2025-02-03,x\n2025-02-02 12:00,y\n2025-02-04,y\n";
    let parts = ["line 4", "goes back to 2025-02-02 12:00", "after 2025-02-03:", "sort"];
    refused(back, &timed(2), &parts);
    refused(back, &timed(3), &parts); // in the baseline too
    refused("t,a\n12.5,x\n11,x\n", &timed(2), &["line 3", "goes back to 11, after 12.5"]);
    refused("t,a\nsoon,x\n", &timed(1), &["line 2", "\"soon\" is no time"]);
    refused("t,a\n,x\n", &timed(1), &["line 2", "\"\" is no time"]);
    // the iterator ends there
    let mut sessions = Sessions::open(back.as_bytes(), &timed(2)).unwrap();
    assert!(sessions.next().unwrap().is_err() && sessions.next().is_none());
}

#[test]
fn files_that_are_no_tables() {
    let ragged = "a,b\nx,y\nx\n";
    refused(ragged, &settings(&[("a", Treat::Words)], 2), &["line 3", "1 fields, but the header has 2"]);
    refused(ragged, &settings(&[("a", Treat::Words)], 1), &["line 3"]);
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the cable is out"))
        }
    }
    let error = Sessions::open(Broken, &settings(&[("a", Treat::Words)], 1)).err().expect("it is refused");
    assert!(error.to_string().contains("the cable is out"), "{error}");
}

#[test]
fn odd_files_that_are_tables() {
    // byte-order mark, bytes that are no UTF-8, quotes, line ends of another system
    let table = b"\xef\xbb\xbfa;b\r\n\"x;1\";\xff\r\nx;\xff\r\n";
    let settings = Settings { delimiter: b';', ..settings(&[("a", Treat::Words), ("b", Treat::Words)], 1) };
    let mut sessions = Sessions::open(&table[..], &settings).unwrap();
    assert_eq!(sessions.codebooks()[0].names(), ["x;1", UNSEEN]);
    let row = sessions.next().unwrap().unwrap();
    assert_eq!((row.line, row.codes, row.unseen), (3, vec![1, 0], vec![0]));
}

#[test]
fn bins_are_quantiles() {
    let table: String = std::iter::once("n\n".to_string()).chain((1..=100).map(|i| format!("{i}\n"))).collect();
    let sessions = Sessions::open(table.as_bytes(), &settings(&[("n", Treat::Bins(4))], 100)).unwrap();
    assert_eq!(sessions.codebooks()[0].names(), ["to 25", "above 25 to 50", "above 50 to 75", "above 75", UNSEEN]);
    assert_eq!(sessions.baseline()[0], [25, 25, 25, 25, 0]);
    let code = |value| sessions.codebooks()[0].code(value);
    assert_eq!([code("-1e9"), code("25"), code("25.1"), code("1e9")], [(0, true), (0, true), (1, true), (3, true)]);
    assert_eq!([code("NaN"), code(""), code("x")], [(4, false); 3]);
    let same = Sessions::open("n\n5\n5\n5\n".as_bytes(), &settings(&[("n", Treat::Bins(4))], 3)).unwrap();
    assert_eq!(same.codebooks()[0].names(), ["any number", UNSEEN]);
}

#[test]
fn lines_are_those_of_the_file() {
    let table = "a,b\n\n\nx,\"two\nlines\"\n\ny,z\r\n\r\nx,\"more\r\nlines\"\r\nx,z";
    let sessions = Sessions::open(table.as_bytes(), &settings(&[("a", Treat::Words)], 1)).unwrap();
    assert_eq!(sessions.map(|s| s.unwrap().line).collect::<Vec<_>>(), [7, 9, 11]);
    refused(&format!("{table}\n\nx\n"), &settings(&[("a", Treat::Words)], 1), &["line 13", "1 fields"]);
}
