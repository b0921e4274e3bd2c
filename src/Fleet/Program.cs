using Fleet.Cli;
using Fleet.Processes;

return args is ["keeper", "--home", var home] ? KeeperProcess.Run(home) : await CommandTable.Run(args);
