import Warehouse

/// Statements of `sql/load` that a run executes directly.
public enum Statements {
    /// Updates the statistics of the server's planner.
    public static var analyze: String { SQLFiles.Load.analyze }
}
