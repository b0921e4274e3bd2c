using Fleet.Processes;

return args is ["keeper", "--home", var home] ? KeeperProcess.Run(home) : 0;
