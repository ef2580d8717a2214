public import ArgumentParser
public import Serve

// Words of the command line.
extension Role: ExpressibleByArgument {}
extension Scope: ExpressibleByArgument {}
