/// The version of the program, as `--version` prints it and the package carries it.
public enum Version {
    /// Major, minor and patch level.
    public static let current = "1.0.0"
    /// Its date, in the form used in manual pages.
    public static let date = "November 28, 2026"
}
