//! Times of sessions: dates of ISO 8601 and numbers of seconds.

use std::fmt;

/// A moment, to the millisecond. Times without a zone are taken as UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// Milliseconds since 1970-01-01 00:00 UTC, or since whatever the numbers of the file begin at.
    pub milliseconds: i64,
}

impl Moment {
    /// Days since another moment.
    pub fn days_since(self, other: Moment) -> f64 {
        (self.milliseconds - other.milliseconds) as f64 / 86_400_000.0
    }
}

impl fmt::Display for Moment {
    /// As `2025-02-18 06:00:00`, UTC.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (days, rest) = (self.milliseconds.div_euclid(86_400_000), self.milliseconds.rem_euclid(86_400_000));
        let (year, month, day) = date_of(days);
        let (h, m, s, ms) = (rest / 3_600_000, rest / 60_000 % 60, rest / 1000 % 60, rest % 1000);
        write!(f, "{year:04}-{month:02}-{day:02} {h:02}:{m:02}:{s:02}")?;
        if ms > 0 { write!(f, ".{ms:03}") } else { Ok(()) }
    }
}

/// A moment out of `2025-02-18`, `2025-02-18 06:00`, `2025-02-18T06:00:00.25Z`, `…+01:00`, or a number of seconds; `None` if it is none.
pub fn parse_time(text: &str) -> Option<Moment> {
    if let Ok(seconds) = text.parse::<f64>() {
        return (seconds.abs() < 1e14).then(|| Moment { milliseconds: libm::round(seconds * 1000.0) as i64 });
    }
    let (date, clock) = match text.find(['T', 't', ' ']) {
        Some(at) => (text.get(..at)?, Some(text.get(at + 1..)?)),
        None => (text, None),
    };
    let mut parts = date.split('-');
    let (year, month, day) = (digits(parts.next()?, 4)?, digits(parts.next()?, 2)?, digits(parts.next()?, 2)?);
    if parts.next().is_some() || !(1..=12).contains(&month) || day < 1 || day > days_in(year, month) {
        return None;
    }
    let of_day = clock.map_or(Some(0), clock_time)?;
    Some(Moment { milliseconds: day_number(year, month, day) * 86_400_000 + of_day })
}

/// Milliseconds since midnight UTC of `hh:mm[:ss[.fff]][Z|±hh:mm]`.
fn clock_time(text: &str) -> Option<i64> {
    let (text, zone) = match text.find(['Z', 'z', '+', '-']) {
        Some(at) => (text.get(..at)?.trim_end(), text.get(at..)?),
        None => (text, "Z"),
    };
    let offset = match zone {
        "Z" | "z" => 0,
        _ => {
            let sign = if zone.starts_with('-') { -1 } else { 1 };
            let zone = zone.get(1..)?.replace(':', "");
            let minutes = if zone.len() > 2 { digits(zone.get(2..)?, 2)? } else { 0 };
            sign * (digits(zone.get(..2)?, 2)? * 60 + minutes)
        }
    };
    let mut parts = text.split(':');
    let (hour, minute) = (digits(parts.next()?, 2)?, digits(parts.next()?, 2)?);
    let (second, fraction) = match parts.next() {
        None => (0, 0),
        Some(seconds) => {
            let (whole, fraction) = seconds.split_once(['.', ',']).unwrap_or((seconds, "0"));
            let fine = !fraction.is_empty() && fraction.bytes().all(|b| b.is_ascii_digit());
            let padded = format!("{fraction}000");
            (digits(whole, 2)?, if fine { padded.get(..3)?.parse().ok()? } else { return None })
        }
    };
    // a leap second is written as 60
    if parts.next().is_some() || hour > 23 || minute > 59 || second > 60 || offset.abs() > 24 * 60 {
        return None;
    }
    Some(((hour * 60 + minute - offset) * 60 + second) * 1000 + fraction)
}

fn digits(text: &str, count: usize) -> Option<i64> {
    (text.len() == count && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 => 28 + i64::from(year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since 1970-01-01 in the Gregorian calendar: whole years, then whole months.
fn day_number(year: i64, month: i64, day: i64) -> i64 {
    let past = year - 1;
    let leaps = past.div_euclid(4) - past.div_euclid(100) + past.div_euclid(400);
    let months: i64 = (1..month).map(|m| days_in(year, m)).sum();
    past * 365 + leaps + months + day - 1 - 719_162
}

/// The inverse of [`day_number`].
fn date_of(days: i64) -> (i64, i64, i64) {
    // 400 years have 146,097 days: the estimate is at most a year off
    let mut year = 1970 + (days * 400).div_euclid(146_097);
    while day_number(year, 1, 1) > days {
        year -= 1;
    }
    while day_number(year + 1, 1, 1) <= days {
        year += 1;
    }
    let mut month = 1;
    while month < 12 && day_number(year, month + 1, 1) <= days {
        month += 1;
    }
    (year, month, days - day_number(year, month, 1) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_moments() {
        let check = |text: &str, seconds: f64| {
            let moment = parse_time(text).unwrap_or_else(|| panic!("{text} is a time"));
            assert_eq!(moment.milliseconds as f64 / 1000.0, seconds, "{text}");
        };
        check("1970-01-01", 0.0);
        check("2000-03-01 00:00", 951_868_800.0);
        check("2025-02-18T06:00:00Z", 1_739_858_400.0);
        check("2025-02-18T07:00:00.25+01:00", 1_739_858_400.25);
        check("2025-02-17 22:30:00 -0730", 1_739_858_400.0);
        check("1969-12-31 23:59:59", -1.0);
        check("2024-02-29t00:00:00,1234z", 1_709_164_800.123);
        check("1739858400.5", 1_739_858_400.5);
        check("-3", -3.0);
    }

    #[test]
    fn no_moments() {
        for text in [
            "",
            "yesterday",
            "2025-13-01",
            "2025-02-30",
            "2023-02-29",
            "25-02-18",
            "2025-02-18 24:00",
            "2025-02-18 6:00",
            "2025-02-18T06:00:00.",
            "2025-02-18T06:00:00+1",
            "2025-02-18-01",
            "18/02/2025",
            "nan",
            "inf",
            "2025-02-18T",
            "2025-02-18 06:61",
            "2025-02-18 0é:00",
            "+2025-02-18",
        ] {
            assert_eq!(parse_time(text), None, "{text}");
        }
    }

    #[test]
    fn dates_come_back() {
        for days in (-800_000..800_000).step_by(97) {
            let (year, month, day) = date_of(days);
            assert_eq!(day_number(year, month, day), days);
            assert!(day >= 1 && day <= days_in(year, month));
        }
        assert_eq!(Moment { milliseconds: 1_739_858_400_250 }.to_string(), "2025-02-18 06:00:00.250");
    }
}
