import Warehouse

/// Statements of `sql/load` that a run executes itself.
public enum Statements {
    /// Tells the server's planner what there is now.
    public static var analyze: String { SQLFiles.Load.analyze }
}
