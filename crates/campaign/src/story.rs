//! What is told of a network's life, and what is read off it beside its untouched twin.

/// The network at one report.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sample {
    /// Machines that are commanded.
    pub reach: u32,
    /// Machines that are online.
    pub online: u32,
    /// Machines, on or off.
    pub members: u32,
    /// Machines that the defender knows.
    pub known: u32,
    /// Sum over online machines of the age of their newest command, seconds.
    pub age: u64,
    /// Evidence against the operator, nats.
    pub nats: f64,
    /// Cost so far, in server seizures.
    pub cost: f64,
    /// Infrastructure in service.
    pub servers: u32,
    /// Servers that the operator has rebuilt so far.
    pub rebuilt: u32,
}

/// A network's life: reports at 0, Δ, 2Δ, …
#[derive(Debug, Clone, PartialEq)]
pub struct Story {
    /// Δ, seconds.
    pub span: u32,
    /// The reports.
    pub samples: Vec<Sample>,
    /// Seconds at which actions took effect.
    pub strikes: Vec<u32>,
    /// Second of identification.
    pub identified: Option<u32>,
    /// Servers that the operator rebuilt.
    pub rebuilt: u32,
    /// Machines at the start.
    pub initial: u32,
}

/// A time that may lie beyond the end of the story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// Seconds waited.
    pub seconds: u32,
    /// Whether the event came; otherwise it was waited for in vain until the end.
    pub came: bool,
}

/// What a takedown did, against the twin that was left alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Effect {
    /// Commanded machine-seconds, treated.
    pub harm: u64,
    /// Commanded machine-seconds, twin.
    pub harm_twin: u64,
    /// Largest loss of reach after the first strike, as a share of the twin's; 0 without strikes.
    pub depth: f64,
    /// From the first strike to the return to half of the twin's reach, if it fell below.
    pub recover_50: Option<Waiting>,
    /// The same for 90 %.
    pub recover_90: Option<Waiting>,
    /// Reach as a share of the twin's 30, 90 and 180 days after the first strike, where the story goes on so long.
    pub residual: [Option<f64>; 3],
    /// Cost at the end, in server seizures.
    pub cost: f64,
    /// Second of identification.
    pub identified: Option<u32>,
}

impl Story {
    pub(crate) fn new(span: u32) -> Story {
        Story { span, samples: Vec::new(), strikes: Vec::new(), identified: None, rebuilt: 0, initial: 0 }
    }

    /// ∫ reach dt, machine-seconds: what a report tells holds until the next. A report comes after what is done at its
    /// moment, so that a strike at the moment of a report counts from then on and not half a span earlier.
    pub fn harm(&self) -> u64 {
        let until_next = &self.samples[..self.samples.len().saturating_sub(1)];
        until_next.iter().map(|sample| sample.reach as u64).sum::<u64>() * self.span as u64
    }

    /// Reach as a share of the twin's at every report; 1 where the twin reaches nobody.
    pub fn against(&self, twin: &Story) -> Vec<f64> {
        let share = |(a, b): (&Sample, &Sample)| if b.reach == 0 { 1.0 } else { a.reach as f64 / b.reach as f64 };
        self.samples.iter().zip(&twin.samples).map(share).collect()
    }

    /// What was done, measured against the twin. O(reports).
    pub fn effect(&self, twin: &Story) -> Effect {
        let share = self.against(twin);
        let first = self.strikes.first().map(|t| t.div_ceil(self.span) as usize).filter(|&i| i < share.len());
        let after = first.map_or(&[][..], |i| &share[i..]);
        let at = |days: usize| first.and_then(|i| share.get(i + days * 86_400 / self.span as usize).copied());
        Effect {
            harm: self.harm(),
            harm_twin: twin.harm(),
            depth: after.iter().fold(0.0, |depth: f64, x| depth.max(1.0 - x)),
            recover_50: recovery(after, 0.5, self.span),
            recover_90: recovery(after, 0.9, self.span),
            residual: [at(30), at(90), at(180)],
            cost: self.samples.last().map_or(0.0, |s| s.cost),
            identified: self.identified,
        }
    }
}

/// From the strike to the first return to `level`, after a fall below it. `None` if it never fell below.
fn recovery(share: &[f64], level: f64, span: u32) -> Option<Waiting> {
    let fell = share.iter().position(|&x| x < level)?;
    let back = share[fell..].iter().position(|&x| x >= level);
    let reports = back.map_or(share.len() - 1, |i| fell + i);
    Some(Waiting { seconds: reports as u32 * span, came: back.is_some() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn story(reach: &[u32], strikes: &[u32]) -> Story {
        let sample = |&reach: &u32| Sample {
            reach,
            online: 100,
            members: 200,
            known: 0,
            age: 0,
            nats: 0.0,
            cost: 0.0,
            servers: 0,
            rebuilt: 0,
        };
        Story { samples: reach.iter().map(sample).collect(), strikes: strikes.to_vec(), ..Story::new(86_400) }
    }

    #[test]
    fn effects_by_hand() {
        let twin = story(&[100; 7], &[]);
        let hit = story(&[100, 100, 20, 40, 60, 80, 95], &[2 * 86_400]);
        let effect = hit.effect(&twin);
        // 100 + 100 + 20 + 40 + 60 + 80 machine-days
        assert_eq!((effect.harm_twin, effect.harm), (600 * 86_400, 400 * 86_400));
        assert!((effect.depth - 0.8).abs() < 1e-12);
        assert_eq!(effect.recover_50, Some(Waiting { seconds: 2 * 86_400, came: true }));
        assert_eq!(effect.recover_90, Some(Waiting { seconds: 4 * 86_400, came: true }));
        assert_eq!(effect.residual, [None; 3]);
        let never = story(&[100, 100, 20, 20, 20, 20, 20], &[2 * 86_400]).effect(&twin);
        assert_eq!(never.recover_50, Some(Waiting { seconds: 4 * 86_400, came: false }));
        let hardly = story(&[100, 100, 95, 95, 95, 95, 95], &[2 * 86_400]).effect(&twin);
        assert_eq!((hardly.recover_50, hardly.recover_90), (None, None), "what never fell does not come back");
        assert_eq!(twin.effect(&twin).depth, 0.0);
    }
}
