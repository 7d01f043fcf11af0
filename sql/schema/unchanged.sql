-- Nothing is new: takes back what this installation has written, so that no other session notices it.
rollback to savepoint before_installation;
