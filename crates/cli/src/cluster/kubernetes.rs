//! Kubernetes: an Indexed Job over the shards, and a merge that is resumed when it is done.

/// What is written.
pub(crate) struct IndexedJob<'a> {
    /// The experiment.
    pub(crate) name: &'a str,
    /// Its spec.
    pub(crate) spec: &'a str,
    /// `--networks` and the like.
    pub(crate) overrides: &'a [String],
    /// Number of shards.
    pub(crate) shards: u32,
    /// The most that run at once.
    pub(crate) at_once: u32,
    /// The container image.
    pub(crate) image: &'a str,
    /// The volume claim.
    pub(crate) claim: &'a str,
    /// Processors of a pod.
    pub(crate) cpus: u32,
    /// Memory of a pod.
    pub(crate) memory: &'a str,
}

/// A YAML scalar: every JSON string is one.
fn scalar(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// A name as Kubernetes allows it: lower-case letters, digits and inner hyphens, at most 40 so that pods' names fit.
fn object_name(name: &str) -> String {
    let plain: String = name.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let short: String = plain.trim_matches('-').chars().take(40).collect();
    format!("hydranet-{}", if short.is_empty() { "experiment" } else { short.trim_end_matches('-') })
}

impl IndexedJob<'_> {
    /// Three documents: the spec, the job, the merge.
    pub(crate) fn yaml(&self) -> String {
        let object = object_name(self.name);
        let file = format!("/spec/{}.toml", self.name);
        let results = format!("/data/results/{}", self.name);
        let mut run = vec!["run".to_string(), file];
        run.extend_from_slice(self.overrides);
        let (of, threads) = (self.shards.to_string(), self.cpus.to_string());
        run.extend(["--out", &results, "--shard", "auto", "--of", &of, "--threads", &threads].map(str::to_string));
        let merge = ["merge".to_string(), results.clone()];
        let indented: String = self.spec.lines().map(|line| format!("    {line}\n")).collect();
        format!(
            "# kubectl apply -f this; when the job is complete, resume the merge:\n\
             #   kubectl patch job {object}-merge -p '{{\"spec\":{{\"suspend\":false}}}}'\n\
             # Indices that fail for good can be run again by applying the job under another name: what is there is kept.\n\
             apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {object}\ndata:\n  {key}: |2\n{indented}\
             ---\n\
             apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: {object}\nspec:\n  \
             completionMode: Indexed\n  completions: {shards}\n  parallelism: {at_once}\n  \
             backoffLimitPerIndex: 3 # Kubernetes 1.33\n  \
             podFailurePolicy:\n    rules:\n    \
             - action: Ignore # a node that is drained or lost\n      onPodConditions:\n      - type: DisruptionTarget\n    \
             - action: FailIndex # bad input: no use in trying again\n      onExitCodes:\n        containerName: hydranet\n        \
             operator: In\n        values: [2]\n{run}\
             ---\n\
             apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: {object}-merge\nspec:\n  suspend: true\n  backoffLimit: 0\n{merge}",
            key = scalar(&format!("{}.toml", self.name)),
            shards = self.shards,
            at_once = self.at_once.min(self.shards),
            run = self.pod(&object, &run),
            merge = self.pod(&object, &merge),
        )
    }

    fn pod(&self, object: &str, args: &[String]) -> String {
        let args: Vec<String> = args.iter().map(|arg| scalar(arg)).collect();
        format!(
            "  template:\n    spec:\n      restartPolicy: Never\n      terminationGracePeriodSeconds: 60\n      containers:\n      \
             - name: hydranet\n        image: {image}\n        command: [\"hydranet\"]\n        args: [{args}]\n        \
             resources:\n          requests: {{cpu: \"{cpus}\", memory: {memory}}}\n          limits: {{memory: {memory}}}\n        \
             volumeMounts:\n        - {{name: spec, mountPath: /spec}}\n        - {{name: data, mountPath: /data}}\n      \
             volumes:\n      - name: spec\n        configMap: {{name: {object}}}\n      - name: data\n        \
             persistentVolumeClaim: {{claimName: {claim}}}\n",
            image = scalar(self.image),
            args = args.join(", "),
            cpus = self.cpus,
            memory = scalar(self.memory),
            claim = scalar(self.claim),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use yaml_rust2::{Yaml, YamlLoader};

    const SPEC: &str = "  # begins with spaces\ntitle = \"a: 'b' #c\"\n\n[[topology]]\nmodel = \"gnm\"\n";

    fn documents() -> Vec<Yaml> {
        let job = IndexedJob {
            name: "My_Spec",
            spec: SPEC,
            overrides: &["--networks".into(), "5".into()],
            shards: 64,
            at_once: 8,
            image: "registry.example/hydranet:1",
            claim: "data",
            cpus: 4,
            memory: "2Gi",
        };
        YamlLoader::load_from_str(&job.yaml()).unwrap()
    }

    #[test]
    fn a_parser_reads_what_was_meant() {
        let [map, job, merge] = &documents()[..] else { panic!("three documents") };
        assert_eq!(map["data"]["My_Spec.toml"].as_str(), Some(SPEC));
        assert_eq!(job["apiVersion"].as_str(), Some("batch/v1"));
        assert_eq!(job["metadata"]["name"].as_str(), Some("hydranet-my-spec"));
        let spec = &job["spec"];
        assert_eq!(spec["completionMode"].as_str(), Some("Indexed"));
        assert_eq!((spec["completions"].as_i64(), spec["parallelism"].as_i64()), (Some(64), Some(8)));
        assert_eq!(spec["backoffLimitPerIndex"].as_i64(), Some(3));
        let rules = &spec["podFailurePolicy"]["rules"];
        assert_eq!(rules[0]["onPodConditions"][0]["type"].as_str(), Some("DisruptionTarget"));
        assert_eq!(rules[1]["onExitCodes"]["values"][0].as_i64(), Some(2));
        let pod = &spec["template"]["spec"];
        assert_eq!(pod["restartPolicy"].as_str(), Some("Never"), "what podFailurePolicy needs");
        let container = &pod["containers"][0];
        assert_eq!(container["name"], rules[1]["onExitCodes"]["containerName"]);
        let args: Vec<&str> = container["args"].as_vec().unwrap().iter().map(|a| a.as_str().unwrap()).collect();
        let expected =
            "run /spec/My_Spec.toml --networks 5 --out /data/results/My_Spec --shard auto --of 64 --threads 4";
        assert_eq!(args.join(" "), expected);
        assert_eq!(container["resources"]["requests"]["cpu"].as_str(), Some("4"));
        assert_eq!(pod["volumes"][1]["persistentVolumeClaim"]["claimName"].as_str(), Some("data"));
        assert_eq!(merge["spec"]["suspend"].as_bool(), Some(true));
        let args = &merge["spec"]["template"]["spec"]["containers"][0]["args"];
        assert_eq!((args[0].as_str(), args[1].as_str()), (Some("merge"), Some("/data/results/My_Spec")));
    }

    #[test]
    fn names_that_kubernetes_takes() {
        for (name, object) in
            [("a", "hydranet-a"), ("Über_x.y", "hydranet-ber-x-y"), ("__", "hydranet-experiment"), ("a-", "hydranet-a")]
        {
            assert_eq!(object_name(name), object);
        }
        assert!(object_name(&"x".repeat(300)).len() <= 49);
    }
}
