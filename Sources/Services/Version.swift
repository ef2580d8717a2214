/// The version of the program, as `--version` prints it and the package carries it.
public enum Version {
    /// Major, minor and patch level.
    public static let current = "1.0.0"
}
