/// The documentation of all keys, derived from `KeyTable`.
public enum ConfigurationReference {
    /// The page `docs/configuration.md`.
    public static var markdown: String {
        var out = """
            # Configuration

            This page is written by `crm-voip config reference`; a test checks that it is up to date.

            \(introduction.map { $0.joined(separator: "\n") }.joined(separator: "\n\n"))

            """
        for table in KeyTable.tables where table.pattern.first != "health" {
            let heading = table.pattern.isEmpty ? table.heading : "`\(table.heading)`"
            out += "\n## \(heading)\n\n\(table.summary)\n\n"
            out += "| key | value | default | meaning |\n| --- | --- | --- | --- |\n"
            for key in table.keys {
                let standard = key.standard.map { "`\($0.toml)`" } ?? ""
                out += "| `\(key.name)` | \(key.kind.description) | \(standard) | \(key.summary) |\n"
            }
        }
        out += """

            ## `[health.MEASURE]`

            The thresholds of the measures of `crm-voip health`. `warning` and `critical` are each a
            [Nagios range](https://nagios-plugins.org/doc/guidelines.html#THRESHOLDFORMAT); a value outside it raises the alarm.
            `10` means 0 to 10, `10:` at least 10.

            | measure | `warning` | `critical` | meaning |
            | --- | --- | --- | --- |

            """
        for measure in HealthMeasure.all {
            let (warning, critical) = (measure.standard.warning, measure.standard.critical)
            out += "| `\(measure.name)` | `\"\(warning)\"` | `\"\(critical)\"` | \(measure.summary) |\n"
        }
        return out
    }

    /// What applies to all keys, as paragraphs of lines.
    static let introduction = [
        [
            "The configuration is a [TOML](https://toml.io) file: the one named by `--config`, else by `CRM_VOIP_CONFIG`, else",
            "`~/.config/crm-voip/crm-voip.toml`, else `/etc/crm-voip/crm-voip.toml`. It is optional: `crm-voip etl --file",
            "Master.csv` works without one. `crm-voip config init` writes a commented file of all keys, `config check` checks it,",
            "and `config show` shows the values in force and where they come from.",
        ],
        [
            "Flags override environment variables, which override the file, which overrides the defaults. An unknown key is an",
            "error that names its file and line.",
        ],
        [
            "The environment variable of a key is its path in capitals, with an underscore for all but letters and digits:",
            "`pbx.main.ami.secret` is `CRM_VOIP_PBX_MAIN_AMI_SECRET`, and `pbx.head-office.csv` is",
            "`CRM_VOIP_PBX_HEAD_OFFICE_CSV`. Separate the values of a list by commas. An empty variable counts as not set. An",
            "unknown variable that begins with `CRM_VOIP_` causes a warning.",
        ],
        [
            "Secrets come from the environment, from a file of their own (`secret_file`, `password_file`: the first line), or",
            "from the files of the libraries (`pg_service.conf`, `~/.pgpass`, `my.cnf`), never from a flag. A file that holds a",
            "secret, including the configuration file, is refused if others can read it: only its owner may and, if it belongs",
            "to root, its group. The configuration file is always refused if others can change it, or if it belongs to a user",
            "other than root and the one who runs the command.",
        ],
        [
            "Only the host, port, database and user of a connection URL are ever shown. Write `%`, `@`, `:`, `/`, `?` and `#` in",
            "a user or password as `%25`, `%40`, `%3A`, `%2F`, `%3F` and `%23`: a URL that is ambiguous is treated as a secret as",
            "a whole.",
        ],
        [
            "Durations are in seconds. A path may begin with `~/`."
        ],
    ]
}
