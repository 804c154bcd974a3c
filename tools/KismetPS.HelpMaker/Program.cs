using KismetPS.HelpMaker;

return HelpCommand.Run(args, Console.Out, Console.Error);
