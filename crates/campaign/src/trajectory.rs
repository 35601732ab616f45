//! The trajectory of a network under a campaign, and what is read off it beside the baseline run: the same network with the
//! same random streams, left alone.

/// The network at one report.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
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

/// A strike against an operator who has several places to be in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Round {
    /// When it took effect, seconds.
    pub second: u32,
    /// Where the operator was, from 0.
    pub place: u32,
    /// Where the strike went.
    pub searched: u32,
}

impl Round {
    /// Whether the strike went where the operator was.
    pub fn hit(self) -> bool {
        self.place == self.searched
    }
}

/// A network's trajectory: reports at 0, Δ, 2Δ, …
#[derive(Debug, Clone, PartialEq)]
pub struct Trajectory {
    /// Δ, seconds.
    pub span: u32,
    /// The reports.
    pub samples: Vec<Sample>,
    /// Seconds at which actions took effect.
    pub strikes: Vec<u32>,
    /// Where the operator was at each of them and where it went; empty without `[operator.learning]`.
    pub rounds: Vec<Round>,
    /// Second of identification.
    pub identified: Option<u32>,
    /// Suspects who are not the operator: one an operator.
    pub suspects: u32,
    /// Those of them who were named.
    pub misidentified: u32,
    /// Targets that actions were tried against.
    pub attempts: u64,
    /// Those against which they succeeded.
    pub hits: u64,
    /// Servers that the operator rebuilt.
    pub rebuilt: u32,
    /// Machines at the start.
    pub initial: u32,
}

/// A time that may lie beyond the end of the trajectory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// Seconds waited.
    pub seconds: u32,
    /// Whether the event came; otherwise it was waited for in vain until the end.
    pub came: bool,
}

/// What a takedown did, against the baseline run.
#[derive(Debug, Clone, PartialEq)]
pub struct Effect {
    /// Commanded machine-seconds, treated.
    pub harm: u64,
    /// Commanded machine-seconds, baseline run.
    pub harm_baseline: u64,
    /// Loss of reach at the first report after the first strike, as a share of the baseline's; 0 without strikes. Of what an action
    /// does at once it is an estimate without bias.
    pub depth: f64,
    /// Largest loss of reach at any report from then on. The largest of many numbers that scatter lies above the largest of the
    /// course that they scatter about: 600 machines of which a thirtieth is taken out lose .033, and .05 on the worst of 840
    /// reports.
    pub largest_loss: f64,
    /// From the first strike to the return to half of the baseline's reach, if it fell below.
    pub recover_50: Option<Waiting>,
    /// The same for 90 %.
    pub recover_90: Option<Waiting>,
    /// Reach as a share of the baseline's 30, 90 and 180 days after the first strike, where the trajectory goes on so long.
    pub residual: [Option<f64>; 3],
    /// Cost at the end, in server seizures.
    pub cost: f64,
    /// Second of identification.
    pub identified: Option<u32>,
}

impl Trajectory {
    pub(crate) fn new(span: u32) -> Trajectory {
        Trajectory {
            span,
            samples: Vec::new(),
            strikes: Vec::new(),
            rounds: Vec::new(),
            identified: None,
            suspects: 1,
            misidentified: 0,
            attempts: 0,
            hits: 0,
            rebuilt: 0,
            initial: 0,
        }
    }

    /// ∫ reach dt, machine-seconds: what a report tells holds until the next. A report comes after what is done at its
    /// moment, so that a strike at the moment of a report counts from then on and not half a span earlier.
    pub fn harm(&self) -> u64 {
        let until_next = &self.samples[..self.samples.len().saturating_sub(1)];
        until_next.iter().map(|sample| sample.reach as u64).sum::<u64>() * self.span as u64
    }

    /// Reach as a share of the baseline's at every report; 1 where the baseline reaches nobody.
    pub fn against(&self, baseline: &Trajectory) -> Vec<f64> {
        let share = |(a, b): (&Sample, &Sample)| if b.reach == 0 { 1.0 } else { a.reach as f64 / b.reach as f64 };
        self.samples.iter().zip(&baseline.samples).map(share).collect()
    }

    /// What was done, measured against the baseline. O(reports).
    pub fn effect(&self, baseline: &Trajectory) -> Effect {
        let share = self.against(baseline);
        let first = self.strikes.first().map(|t| t.div_ceil(self.span) as usize).filter(|&i| i < share.len());
        let after = first.map_or(&[][..], |i| &share[i..]);
        let at = |days: usize| first.and_then(|i| share.get(i + days * 86_400 / self.span as usize).copied());
        Effect {
            harm: self.harm(),
            harm_baseline: baseline.harm(),
            depth: after.first().map_or(0.0, |x| 1.0 - x),
            largest_loss: after.iter().fold(0.0, |most: f64, x| most.max(1.0 - x)),
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

    fn trajectory(reach: &[u32], strikes: &[u32]) -> Trajectory {
        let sample = |&reach: &u32| Sample { reach, online: 100, members: 200, ..Sample::default() };
        Trajectory { samples: reach.iter().map(sample).collect(), strikes: strikes.to_vec(), ..Trajectory::new(86_400) }
    }

    #[test]
    fn effects_by_hand() {
        let baseline = trajectory(&[100; 7], &[]);
        let hit = trajectory(&[100, 100, 20, 40, 60, 80, 95], &[2 * 86_400]);
        let effect = hit.effect(&baseline);
        // 100 + 100 + 20 + 40 + 60 + 80 machine-days
        assert_eq!((effect.harm_baseline, effect.harm), (600 * 86_400, 400 * 86_400));
        assert!((effect.depth - 0.8).abs() < 1e-12);
        assert_eq!(effect.recover_50, Some(Waiting { seconds: 2 * 86_400, came: true }));
        assert_eq!(effect.recover_90, Some(Waiting { seconds: 4 * 86_400, came: true }));
        assert_eq!(effect.residual, [None; 3]);
        let never = trajectory(&[100, 100, 20, 20, 20, 20, 20], &[2 * 86_400]).effect(&baseline);
        assert_eq!(never.recover_50, Some(Waiting { seconds: 4 * 86_400, came: false }));
        let hardly = trajectory(&[100, 100, 95, 95, 95, 95, 95], &[2 * 86_400]).effect(&baseline);
        assert_eq!((hardly.recover_50, hardly.recover_90), (None, None), "what never fell does not come back");
        assert_eq!((baseline.effect(&baseline).depth, baseline.effect(&baseline).largest_loss), (0.0, 0.0));
    }

    #[test]
    fn depth_is_what_is_lost_at_once() {
        let baseline = trajectory(&[100; 7], &[]);
        // struck between two reports: the next one tells
        let hit = trajectory(&[100, 100, 100, 70, 90, 40, 95], &[2 * 86_400 + 3600]).effect(&baseline);
        assert!((hit.depth - 0.3).abs() < 1e-12 && (hit.largest_loss - 0.6).abs() < 1e-12, "{hit:?}");
        // the twin may be the smaller one for a while
        let more = trajectory(&[100, 110, 90, 100, 100, 100, 100], &[86_400]).effect(&baseline);
        assert!((more.depth + 0.1).abs() < 1e-12 && (more.largest_loss - 0.1).abs() < 1e-12, "{more:?}");
    }
}
