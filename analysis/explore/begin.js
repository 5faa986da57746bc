// The last part of the program: everything is there, so it begins.

startRows();
startMatrix();
startDays();
settle();
showStatus();
if (told.live) listenToAll();
