//! A moment as text. The caller reads the clock.

use std::time::{SystemTime, UNIX_EPOCH};

/// RFC 3339 in UTC with whole seconds. Moments before 1970 give 1970.
///
/// ```
/// use hydranet_results::provenance::rfc3339;
/// use std::time::{Duration, UNIX_EPOCH};
/// assert_eq!(rfc3339(UNIX_EPOCH + Duration::from_secs(1_330_691_696)), "2012-03-02T12:34:56Z");
/// ```
pub fn rfc3339(time: SystemTime) -> String {
    humantime::format_rfc3339_seconds(time.max(UNIX_EPOCH)).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn known_moments() {
        let check = |seconds, text: &str| assert_eq!(rfc3339(UNIX_EPOCH + Duration::from_secs(seconds)), text);
        check(0, "1970-01-01T00:00:00Z");
        check(951_827_696, "2000-02-29T12:34:56Z");
        check(4_102_444_799, "2099-12-31T23:59:59Z");
        assert_eq!(rfc3339(UNIX_EPOCH - Duration::from_secs(5)), "1970-01-01T00:00:00Z");
    }
}
